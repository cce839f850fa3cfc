import IndexStorage

/// The files of a segment: what each holds, and how it is named.
package enum SegmentFile: Int, CaseIterable, Sendable {
  // ON DISK. Do not renumber.
  case terms = 0
  case postings = 1
  case positions = 2
  case layout = 3
  case columns = 4
  case identities = 5
  case summaries = 6
  case pairs = 7
  case pairPostings = 8
  case texts = 9

  /// The four characters that a file of this kind starts with.
  var kind: FileKind {
    switch self {
    case .terms: "TERM"
    case .postings: "POST"
    case .positions: "POSI"
    case .layout: "LAYO"
    case .columns: "COLU"
    case .identities: "IDEN"
    case .summaries: "SUMM"
    case .pairs: "PAIR"
    case .pairPostings: "PAPO"
    case .texts: "TEXT"
    }
  }

  /// What the file holds, for people.
  package var title: String {
    switch self {
    case .terms: "terms"
    case .postings: "postings"
    case .positions: "positions"
    case .layout: "sentences and letter case"
    case .columns: "columns"
    case .identities: "ids"
    case .summaries: "titles and keywords"
    case .pairs: "pairs of frequent words"
    case .pairPostings: "postings of pairs"
    case .texts: "stored text"
    }
  }

  private var fileExtension: String {
    switch self {
    case .terms: "terms"
    case .postings: "postings"
    case .positions: "positions"
    case .layout: "layout"
    case .columns: "columns"
    case .identities: "ids"
    case .summaries: "summaries"
    case .pairs: "pairs"
    case .pairPostings: "pairpostings"
    case .texts: "texts"
    }
  }

  /// The version of the kind's format. A file of a greater version is refused.
  static let formatVersion: UInt32 = 3

  /// The file's name in the index folder: the segment's id in 16 hexadecimal digits, and what the file holds.
  func name(ofSegment id: UInt64) -> String { SegmentFile.name(ofNumber: id, fileExtension) }

  static func name(ofNumber number: UInt64, _ fileExtension: String) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits + "." + fileExtension
  }

  private static let fileExtensions = allCases.map(\.fileExtension) + [DeletionsFormat.fileExtension]

  /// The number of a file of this name, which is the id of its segment for all but deletions; nil for a name that is not ours.
  static func number(ofName name: String) -> UInt64? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 16, fileExtensions.contains(where: { $0 == parts[1] }) else { return nil }
    // Only the spelling that this program gives: a stranger's file is not ours to remove.
    guard let number = UInt64(parts[0], radix: 16), SegmentFile.name(ofNumber: number, String(parts[1])) == name else {
      return nil
    }
    return number
  }

  /// Removes the files of a number that no manifest names, as far as they are there.
  static func removeAll(ofNumber number: UInt64, from directory: any Directory) {
    for fileExtension in fileExtensions { try? directory.remove(name(ofNumber: number, fileExtension)) }
  }

  func identity(indexID: UInt128, segmentID: UInt64) -> FileIdentity {
    FileIdentity(kind: kind, formatVersion: SegmentFile.formatVersion, indexID: indexID, segmentID: segmentID)
  }
}
