/// What sort of structure a file holds, as four ASCII characters.
///
///     extension FileKind { static let postings: FileKind = "POST" }
package struct FileKind: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The characters as a number, the first in the lowest byte: so they stand in the file in reading order.
  package let code: UInt32

  /// The kind with a code, as read from a file.
  package init(code: UInt32) {
    self.code = code
  }

  /// The kind with four characters.
  ///
  /// - Precondition: they are four printable ASCII characters.
  package init(stringLiteral characters: String) {
    let bytes = Array(characters.utf8)
    precondition(bytes.count == 4 && bytes.allSatisfy { (0x20..<0x7F).contains($0) }, "a kind has four ASCII characters")
    code = bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The four characters, or the number where they are not printable.
  package var description: String {
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: code >> UInt32($0 * 8)) }
    guard bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return "0x\(String(code, radix: 16))" }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Which file this is: a file found under the right name but with another identity was put there by mistake.
package struct FileIdentity: Hashable, Sendable {
  /// What sort of structure it holds.
  package var kind: FileKind
  /// The version of the structure's format. Readers accept this and all before it; see ``CheckedFile/formatVersion``.
  package var formatVersion: UInt32
  /// Which index it belongs to: 16 random bytes, drawn when the index is created.
  package var indexID: UInt128
  /// Which segment it belongs to.
  package var segmentID: UInt64

  /// An identity.
  package init(kind: FileKind, formatVersion: UInt32 = 1, indexID: UInt128, segmentID: UInt64) {
    self.kind = kind
    self.formatVersion = formatVersion
    self.indexID = indexID
    self.segmentID = segmentID
  }
}

/// What a manifest remembers of a file, to recognise exactly that one.
///
/// The checksum is that of the footer, which covers the checksums of the pages, which cover the rest: two files with the same
/// summary are the same file.
package struct FileSummary: Hashable, Sendable {
  /// The file's name.
  package var name: String
  /// The length of the whole file.
  package var byteCount: Int
  /// The checksum of its footer.
  package var checksum: UInt64

  /// A summary.
  package init(name: String, byteCount: Int, checksum: UInt64) {
    self.name = name
    self.byteCount = byteCount
    self.checksum = checksum
  }
}
