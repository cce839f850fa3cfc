import SearchAPI

/// Text in runs of one style each.
struct StyledText: Equatable {
  /// How a run looks. Without styles every run is plain: no style carries meaning that the words do not.
  enum Style: Equatable {
    case plain, bold, dim
  }

  /// A piece of text of one style.
  struct Run: Equatable {
    var text: String
    var style: Style
  }

  /// The runs, in order; neighbours differ in style.
  private(set) var runs: [Run] = []

  /// Text of one style.
  init(_ text: String = "", _ style: Style = .plain) { append(text, style) }

  /// Marked text on one line, safe to print: matched places in bold, `…` where text was left out.
  ///
  /// Marks that do not fit the text are ignored rather than trusted.
  init(_ marked: MarkedText) {
    let bytes = Array(marked.text.utf8)
    var position = 0
    if marked.isCutBefore { append("… ") }
    for mark in marked.marks where mark.lowerBound >= position && mark.upperBound <= bytes.count {
      append(line: bytes[position..<mark.lowerBound], .plain)
      append(line: bytes[mark], .bold)
      position = mark.upperBound
    }
    append(line: bytes[position...], .plain)
    if marked.isCutAfter { append(" …") }
  }

  /// Appends a run.
  mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = runs.indices.last, runs[last].style == style {
      runs[last].text += text
    } else {
      runs.append(Run(text: text, style: style))
    }
  }

  private mutating func append(line bytes: ArraySlice<UInt8>, _ style: Style) {
    append(PrintableText.line(of: String(decoding: bytes, as: UTF8.self)), style)
  }

  /// The characters without their styles.
  var text: String { runs.map(\.text).joined() }

  /// The text with the terminal's own signs for its styles.
  func rendered(on terminal: Terminal) -> String {
    guard terminal.usesStyle else { return text }
    return runs.map { run in
      switch run.style {
      case .plain: run.text
      case .bold: "\u{1B}[1m\(run.text)\u{1B}[0m"
      case .dim: "\u{1B}[2m\(run.text)\u{1B}[0m"
      }
    }.joined()
  }
}
