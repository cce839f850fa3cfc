/// Follows sentence and paragraph borders through a text and hands them to the tokens after them.
///
/// A border belongs to the first token that starts at or after it. A single line break counts as a space, because newspaper
/// text comes wrapped into lines, where plain UAX #29 would end a sentence in every line; a paragraph border ends the sentence.
struct BorderTracker {
  private var sentences = SentenceBreaker()
  private var paragraphs = ParagraphTracker()
  private var shapeOfNext: UInt8
  /// The first token after the place that the sentence breaker has not decided about.
  private var undecidedToken: Int?

  private static let sentence = TokenShape.startsSentence.rawValue
  private static let paragraph = TokenShape.startsSentence.union(.startsParagraph).rawValue

  init() { shapeOfNext = Self.paragraph }

  /// Whether ASCII words and single spaces may be told by ``skipQuietWord(endingInLetter:)`` and ``skipQuietSpace()``.
  @inline(__always)
  var isQuiet: Bool { sentences.isQuiet }

  /// Whether a space means nothing here: inside a line and after no full stop.
  @inline(__always)
  var isQuietInsideLine: Bool { sentences.isQuiet && paragraphs.isInsideLine }

  /// Reads a whole ASCII word in a quiet state. The same as reading its bytes.
  @inline(__always)
  mutating func skipQuietWord(endingInLetter: Bool) {
    sentences.skipQuietWord(endingInLetter: endingInLetter)
    paragraphs.readText()
  }

  /// Reads a space in a quiet state inside a line.
  @inline(__always)
  mutating func skipQuietSpace() { sentences.restart() }

  /// Takes the borders passed since the last token started.
  @inline(__always)
  mutating func startToken(_ token: Int) -> UInt8 {
    let shape = shapeOfNext
    shapeOfNext = 0
    if sentences.state == .undecided, undecidedToken == nil { undecidedToken = token }
    return shape
  }

  /// Reads a scalar. Returns an earlier token that has turned out to start a sentence.
  mutating func read(_ scalar: UInt32, _ kind: SentenceBreakClass) -> Int? {
    switch kind {
    case .space, .carriageReturn, .lineFeed, .separator:
      let isBorder = paragraphs.readSpace(scalar)
      guard isBorder else { return note(sentences.read(.space)) }
      let confirmed = note(sentences.read(.separator))
      sentences.restart()
      shapeOfNext |= Self.paragraph
      return confirmed
    default:
      paragraphs.readText()
      return note(sentences.read(kind))
    }
  }

  /// Reads the end of the text. Returns as ``read(_:_:)`` does.
  mutating func finish() -> Int? {
    sentences.state == .undecided ? note(.confirmedEarlier) : nil
  }

  private mutating func note(_ border: SentenceBreaker.Border) -> Int? {
    switch border {
    case .none, .deniedEarlier: return nil
    case .here: shapeOfNext |= Self.sentence
    case .undecidedHere: undecidedToken = nil
    case .confirmedEarlier:
      if let undecidedToken { return undecidedToken }
      shapeOfNext |= Self.sentence
    }
    return nil
  }
}
