/// Turns the character data of SGML into text: entities decoded, control characters made spaces, white space at both ends
/// dropped.
struct SGMLText {
  private let tally: ReadingTally
  private var decoded: [UInt8] = []

  init(tally: ReadingTally) { self.tally = tally }

  /// The text of one or more ranges, put together.
  mutating func text(_ bytes: Span<UInt8>, _ ranges: Range<Int>...) -> String {
    decoded.removeAll(keepingCapacity: true)
    for range in ranges { decode(bytes.extracting(range)) }
    let span = decoded.span
    return tally.text(span.extracting(span.trimmed(span.indices)))
  }

  /// The text of a range as one line: every run of white space becomes one space.
  mutating func line(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    decoded.removeAll(keepingCapacity: true)
    decode(bytes.extracting(range))
    var line: [UInt8] = []
    for word in decoded.split(whereSeparator: isWhitespace) {
      if !line.isEmpty { line.append(0x20) }
      line.append(contentsOf: word)
    }
    return tally.text(line.span)
  }

  private mutating func decode(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "&"), let (scalar, end) = SGMLText.entity(in: bytes, at: index) {
        append(scalar)
        index = end
      } else if SGMLText.isControl(UInt32(byte)) {
        decoded.append(0x20)
        index += 1
      } else {
        var end = index + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "&"), !SGMLText.isControl(UInt32(bytes[end])) { end += 1 }
        decoded.append(copying: bytes.extracting(index..<end))
        index = end
      }
    }
  }

  private mutating func append(_ scalar: UInt32) {
    guard !SGMLText.isControl(scalar) else {
      decoded.append(0x20)
      return
    }
    guard let character = Unicode.Scalar(scalar), let encoded = UTF8.encode(character) else {
      tally.counters.repairs += 1
      decoded.append(contentsOf: replacementCharacter)
      return
    }
    decoded.append(contentsOf: encoded)
  }

  /// The character that an entity stands for and the index behind it; nil where the `&` is only a `&`.
  private static func entity(in bytes: Span<UInt8>, at start: Int) -> (UInt32, Int)? {
    // `&#1114111;` is the longest.
    guard let end = bytes.firstIndex(of: UInt8(ascii: ";"), from: start), end - start <= 9 else { return nil }
    switch String(decoding: (start + 1..<end).map { bytes[$0] }, as: UTF8.self) {
    case "lt": return (0x3C, end + 1)
    case "gt": return (0x3E, end + 1)
    case "amp": return (0x26, end + 1)
    case "quot": return (0x22, end + 1)
    case let number where number.hasPrefix("#"):
      guard let scalar = UInt32(number.dropFirst()) else { return nil }
      return (scalar, end + 1)
    default: return nil
    }
  }

  /// Whether a character is a control that is neither tab nor line feed.
  private static func isControl(_ scalar: UInt32) -> Bool {
    scalar < 0x20 && scalar != 0x09 && scalar != 0x0A || scalar == 0x7F
  }
}
