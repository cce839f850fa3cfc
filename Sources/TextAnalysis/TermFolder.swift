/// Folds the scalars of one token, one after another, to the bytes of its term.
///
/// A starter waits until its marks are known; then both are composed and written together, so composed and decomposed spellings
/// give equal terms and a cut never parts a letter from its marks. Memory is fixed: of a run of marks only the first 32 are
/// looked at, and past 255 bytes nothing is kept.
struct TermFolder {
  /// The longest term, in bytes.
  static let longestTerm = 255
  /// How many marks of a run are looked at.
  static let longestMarkRun = 32

  private let tables: UnicodeTables
  private var bytes = [256 of UInt8](repeating: 0)
  private(set) var count = 0
  private(set) var isCut = false

  private var starter: UInt32 = 0  // 0: none waits
  private var losesAccents = false
  private var marks = [32 of UInt32](repeating: 0)
  private var markClasses = [32 of UInt8](repeating: 0)
  private var markCount = 0

  init(tables: UnicodeTables = .shared) { self.tables = tables }

  /// Forgets the last term.
  mutating func restart() {
    (count, isCut, starter, losesAccents, markCount) = (0, false, 0, false, 0)
  }

  /// Copies the finished term to `terms` at `position`.
  @_lifetime(terms: copy terms)
  mutating func copyTerm(to terms: inout MutableSpan<UInt8>, at position: Int) {
    for index in 0..<count { terms[position + index] = bytes[index] }
  }

  /// Adds a scalar of the token.
  mutating func append(_ scalar: UInt32, _ properties: UnicodeProperties) {
    if properties.isDropped || isCut { return }
    let folding = tables.folding(of: scalar)
    if folding.isEmpty {
      appendFolded(scalar, properties)
    } else {
      for index in folding {
        let folded = tables.foldScalars[index]
        appendFolded(folded, tables.properties(of: folded))
      }
    }
  }

  /// Ends the term: writes what waits, and takes apostrophes off its end as ``writeCluster()`` does off its start: some of
  /// those that Unicode counts as letters would stay, and a word would differ from the same word with a plain apostrophe.
  mutating func finish() {
    writeCluster()
    while count > 0, bytes[count - 1] == UInt8(ascii: "'") { count -= 1 }
  }

  private mutating func appendFolded(_ scalar: UInt32, _ properties: UnicodeProperties) {
    if properties.isMark && losesAccents { return }
    if properties.combiningClass != 0 {
      guard markCount < Self.longestMarkRun else { return }
      marks[markCount] = scalar
      markClasses[markCount] = properties.combiningClass
      markCount += 1
      return
    }
    if properties.composes, markCount == 0, let composed = tables.composition(of: starter, scalar) {
      starter = composed
      return
    }
    writeCluster()
    starter = scalar
    losesAccents = properties.losesAccents
  }

  /// Composes the waiting starter with its marks in canonical order, and writes them.
  private mutating func writeCluster() {
    if markCount > 0 {
      sortMarks()
      composeMarks()
    }
    var end: Int? = isCut ? nil : count
    if !isCut, starter != 0, count > 0 || starter != 0x27 { end = write(starter, at: count) }
    for index in 0..<markCount {
      guard let position = end else { break }
      end = write(marks[index], at: position)
    }
    count = end ?? count
    isCut = isCut || end == nil
    (starter, markCount) = (0, 0)
  }

  /// Canonical order: by combining class, equal ones as they stand.
  private mutating func sortMarks() {
    for end in 1..<markCount {
      var index = end
      while index > 0, markClasses[index - 1] > markClasses[index] {
        marks.swapAt(index - 1, index)
        markClasses.swapAt(index - 1, index)
        index -= 1
      }
    }
  }

  /// Canonical composition: a mark melts into the starter unless one of its class stays between them.
  private mutating func composeMarks() {
    guard starter != 0 else { return }
    var kept = 0
    for index in 0..<markCount {
      let isBlocked = kept > 0 && markClasses[kept - 1] == markClasses[index]
      if !isBlocked, let composed = tables.composition(of: starter, marks[index]) {
        starter = composed
      } else {
        marks[kept] = marks[index]
        markClasses[kept] = markClasses[index]
        kept += 1
      }
    }
    markCount = kept
  }

  /// Writes a scalar as UTF-8 and returns where it ends, or nil when it does not fit.
  private mutating func write(_ scalar: UInt32, at position: Int) -> Int? {
    let length = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
    guard position + length <= Self.longestTerm else { return nil }
    if length == 1 {
      bytes[position] = UInt8(truncatingIfNeeded: scalar)
      return position + 1
    }
    for index in 1..<length {
      bytes[position + index] = 0x80 | UInt8(truncatingIfNeeded: scalar >> UInt32(6 * (length - 1 - index)) & 0x3F)
    }
    let lead: UInt8 = length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0
    bytes[position] = lead | UInt8(truncatingIfNeeded: scalar >> UInt32(6 * (length - 1)))
    return position + length
  }
}
