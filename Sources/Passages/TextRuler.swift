import TextAnalysis

/// Measures pieces of one text in characters and tells which bytes show a window of its words.
struct TextRuler: ~Escapable {
  private let text: Span<UInt8>
  private let starts: [UInt32]
  private let ends: [UInt32]
  /// The number of characters before each word's start and end.
  private var charactersBeforeStart: [Int] = []
  private var charactersBeforeEnd: [Int] = []
  /// The text without white space at either end.
  private(set) var visible: Range<Int>

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, tokens: TokenBatch) {
    self.text = text
    starts = tokens.starts
    ends = tokens.ends
    charactersBeforeStart.reserveCapacity(starts.count)
    charactersBeforeEnd.reserveCapacity(starts.count)
    var position = 0
    var characters = 0
    for token in 0..<starts.count {
      characters += Self.characters(in: text, position..<Int(starts[token]))
      charactersBeforeStart.append(characters)
      characters += Self.characters(in: text, Int(starts[token])..<Int(ends[token]))
      charactersBeforeEnd.append(characters)
      position = Int(ends[token])
    }
    visible = 0..<0
    visible = visible(in: 0..<text.count)
  }

  /// The number of characters from the first word of a window to the end of its last.
  func length(_ words: ClosedRange<Int>) -> Int {
    charactersBeforeEnd[words.upperBound] - charactersBeforeStart[words.lowerBound]
  }

  /// The bytes that show a window of words, with the punctuation that clings to its ends where it fits. A single word too long
  /// is cut.
  ///
  /// At either end of the text, everything visible there is shown where it fits.
  func byteRange(of words: ClosedRange<Int>?, longest: Int) -> Range<Int> {
    guard let words else { return visible(in: prefix(of: visible, longest: longest)) }
    let shown = Int(starts[words.lowerBound])..<Int(ends[words.upperBound])
    let room = longest - length(words)
    guard room >= 0 else { return prefix(of: shown, longest: longest) }

    let isAtStart = words.lowerBound == 0
    let gapBefore = (isAtStart ? visible.lowerBound : Int(ends[words.lowerBound - 1]))..<shown.lowerBound
    let clingingBefore = startOfClinging(in: gapBefore)..<shown.lowerBound
    let before = firstThatFits([isAtStart ? gapBefore : clingingBefore, clingingBefore], in: room) ?? shown

    let roomAfter = room - characters(in: before.lowerBound..<shown.lowerBound)
    let isAtEnd = words.upperBound == starts.count - 1
    let gapAfter = shown.upperBound..<(isAtEnd ? visible.upperBound : Int(starts[words.upperBound + 1]))
    let clingingAfter = shown.upperBound..<endOfClinging(in: gapAfter)
    let after = firstThatFits([isAtEnd ? gapAfter : clingingAfter, clingingAfter], in: roomAfter) ?? shown
    return before.lowerBound..<after.upperBound
  }

  private func firstThatFits(_ pieces: [Range<Int>], in room: Int) -> Range<Int>? {
    for piece in pieces where characters(in: piece) <= room { return piece }
    return nil
  }

  /// After the last white space of a gap between words; its end where there is none, as in `AT&T`.
  private func startOfClinging(in gap: Range<Int>) -> Int {
    var start = gap.upperBound
    var position = gap.lowerBound
    while position < gap.upperBound {
      let width = spaceWidth(at: position)
      position += max(1, width)
      if width > 0 { start = position }
    }
    return start
  }

  /// Before the first white space of a gap between words; its start where there is none.
  private func endOfClinging(in gap: Range<Int>) -> Int {
    for position in gap where spaceWidth(at: position) > 0 { return position }
    return gap.lowerBound
  }

  private func visible(in range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, case let width = spaceWidth(at: start), width > 0 { start += width }
    var end = start
    var position = start
    while position < range.upperBound {
      let width = spaceWidth(at: position)
      position += max(1, width)
      if width == 0 { end = position }
    }
    return start..<end
  }

  /// The first characters of a piece of text.
  private func prefix(of range: Range<Int>, longest: Int) -> Range<Int> {
    var left = longest
    for position in range where !Self.isContinuation(text[position]) {
      if left == 0 { return range.lowerBound..<position }
      left -= 1
    }
    return range
  }

  private func characters(in range: Range<Int>) -> Int { Self.characters(in: text, range) }

  private static func characters(in text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var count = 0
    for position in range where !isContinuation(text[position]) { count += 1 }
    return count
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// The number of bytes of the white space at a position (Unicode's White_Space); 0 for anything else.
  private func spaceWidth(at position: Int) -> Int {
    let byte = text[position]
    switch byte {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2: return text[position + 1] == 0x85 || text[position + 1] == 0xA0 ? 2 : 0
    case 0xE1...0xE3:
      switch (byte, text[position + 1], text[position + 2]) {
      case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF),
        (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
        return 3
      default: return 0
      }
    default: return 0
    }
  }
}
