/// Forms of the wider query language that are recognised but not understood yet: a note says so, and their words are searched
/// for as they are.
enum WiderLanguage {
  /// Whether a word stands between two operands: `NEAR/5`, `PRE/5`, `SENT`, `PARA`, and their aliases `w/5`, `/5`, `w/s`, `/p`,
  /// `adj5`, `near5`, `SAME`.
  static func isProximity(_ word: String) -> Bool {
    if ["NEAR", "SENT", "PARA", "SAME"].contains(word) { return true }
    guard let (name, distance) = nameAndDistance(word) else { return false }
    switch name {
    case "near/", "pre/", "near", "adj": return isNumber(distance)
    case "w/", "/": return isNumber(distance) || distance == "s" || distance == "p"
    default: return false
    }
  }

  /// Whether a word that a bracket follows directly is a function: `ATLEAST/5(`, `atleast5(`, `FIRST/50(`, `CAPS(`.
  static func isFunction(_ word: String) -> Bool {
    if word == "CAPS" { return true }
    guard let (name, count) = nameAndDistance(word) else { return false }
    return ["atleast/", "atleast", "first/"].contains(name) && isNumber(count)
  }

  /// Fields that will exist.
  static func isField(_ name: String) -> Bool { ["on", "words", "hlead"].contains(name.lowercased()) }

  /// A word without its edit distance, `putin` of `putin~1`; nil if it has none.
  static func withoutEditDistance(_ text: QueryText, _ range: Range<Int>) -> Range<Int>? {
    var end = range.upperBound
    while end > range.lowerBound, text.isDigit(at: end - 1) { end -= 1 }
    guard end - 1 > range.lowerBound, text[end - 1] == UInt8(ascii: "~") else { return nil }
    return range.lowerBound..<end - 1
  }

  /// Whether text holds a wildcard: a `*`, or a `?` with a letter or digit after it, so that a question keeps its mark.
  static func hasWildcard(_ text: QueryText, _ range: Range<Int>) -> Bool {
    range.contains { position in
      text[position] == UInt8(ascii: "*")
        || text[position] == UInt8(ascii: "?") && position > range.lowerBound && position + 1 < range.upperBound
          && text.isWordByte(at: position - 1) && text.isWordByte(at: position + 1)
    }
  }

  /// `near/` and `5` of `NEAR/5`, `adj` and `5` of `adj5`; nil for a word too long to be an operator.
  private static func nameAndDistance(_ word: String) -> (name: String, distance: String)? {
    guard word.utf8.count <= 16 else { return nil }
    let word = word.lowercased()
    let border =
      word.firstIndex(of: "/").map { word.index(after: $0) } ?? word.firstIndex { ("0"..."9").contains($0) } ?? word.endIndex
    return (String(word[..<border]), String(word[border...]))
  }

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
