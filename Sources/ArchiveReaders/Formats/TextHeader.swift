/// Lines of the form `name: value` before the text of a file, as Markdown's front matter and plain exports have them.
///
///     ---                          Title: A strike in the docks
///     title: "A strike"            Date: 9 March 1987
///     date: 1987-03-09
///     ---                          The text begins behind an empty line.
///
/// Between two lines of `---` any names may stand, and those that the mapping knows are taken. Without such lines the text
/// could have begun: then there must be two lines or more, all of this form and the first name known, before the first empty
/// line.
struct TextHeader {
  /// The most lines a header may have.
  static let maximumLines = 100

  /// What the header says.
  private(set) var fields = RecordFields()
  /// The index at which the text begins.
  private(set) var end = 0

  /// The header of a text; nil where it has none.
  init?(_ text: Span<UInt8>, _ names: FieldNameTable, _ tally: ReadingTally) {
    var lines = Lines(text)
    guard let first = lines.next() else { return nil }
    let isFenced = TextHeader.isFence(text.extracting(first))
    guard isFenced || TextHeader.target(of: text.extracting(first), names) != nil else { return nil }

    var members = isFenced ? [] : [first]
    while true {
      guard members.count < TextHeader.maximumLines, let line = lines.next() else { return nil }
      let content = text.extracting(line)
      if isFenced ? TextHeader.isFence(content) : content.isBlank { break }
      guard isFenced || TextHeader.name(of: content) != nil else { return nil }
      members.append(line)
    }
    guard isFenced || members.count >= 2 else { return nil }
    end = lines.position
    for line in members { take(text.extracting(line), names, tally) }
  }

  /// Takes the value of a line, without the quotes around it, unless its part is known already.
  private mutating func take(_ line: Span<UInt8>, _ names: FieldNameTable, _ tally: ReadingTally) {
    guard let name = TextHeader.name(of: line), let target = TextHeader.target(of: line, names) else { return }
    var value = line.trimmed((name.upperBound + 1)..<line.count)
    if value.count >= 2, line[value.lowerBound] == line[value.upperBound - 1],
      line[value.lowerBound] == UInt8(ascii: "\"") || line[value.lowerBound] == UInt8(ascii: "'")
    {
      value = (value.lowerBound + 1)..<(value.upperBound - 1)
    }
    guard !value.isEmpty, fields[target] == nil else { return }
    fields[target] = tally.text(line.extracting(value))
  }

  private static func target(of line: Span<UInt8>, _ names: FieldNameTable) -> FieldMapping.Target? {
    guard let name = name(of: line), let index = names.index(of: line.extracting(name)) else { return nil }
    return names[index].target
  }

  /// Where the name before the colon of a line lies: letters, `-`, `_` and single spaces.
  private static func name(of line: Span<UInt8>) -> Range<Int>? {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon <= 40, isLetter(line[0]) else { return nil }
    for index in 1..<colon where !isLetter(line[index]) && ![0x20, UInt8(ascii: "-"), UInt8(ascii: "_")].contains(line[index]) {
      return nil
    }
    guard colon + 1 == line.count || isWhitespace(line[colon + 1]) else { return nil }
    return 0..<colon
  }

  private static func isFence(_ line: Span<UInt8>) -> Bool {
    line.count >= 3 && line.hasPrefix("---") && line.extracting(3..<line.count).isBlank
  }

  /// Goes through the lines of a text.
  private struct Lines: ~Escapable {
    private let text: Span<UInt8>
    /// The index of the next line.
    private(set) var position = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    mutating func next() -> Range<Int>? {
      guard position < text.count else { return nil }
      let start = position
      let lineEnd = text.firstIndex(of: 0x0A, from: start) ?? text.count
      position = min(lineEnd + 1, text.count)
      return start..<(lineEnd > start && text[lineEnd - 1] == 0x0D ? lineEnd - 1 : lineEnd)
    }
  }
}
