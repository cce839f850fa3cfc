/// Turns the string literals of JSON into text.
struct JSONText {
  private let tally: ReadingTally
  /// The literal under way without its escapes; kept, so that its memory is taken once.
  private var unescaped: [UInt8] = []

  init(tally: ReadingTally) { self.tally = tally }

  /// The text of a literal that the scanner has checked. Half a surrogate pair, NUL and invalid UTF-8 become U+FFFD and are
  /// counted.
  ///
  /// Complexity: O(n).
  mutating func text(of range: Range<Int>, hasEscapes: Bool, in bytes: Span<UInt8>) -> String {
    guard hasEscapes else { return tally.text(bytes.extracting(range)) }
    unescaped.removeAll(keepingCapacity: unescaped.capacity <= 1 << 20)
    unescaped.reserveCapacity(range.count)
    var index = range.lowerBound
    let literal = bytes.extracting(0..<range.upperBound)
    while index < literal.count {
      let escape = literal.firstIndex(of: UInt8(ascii: "\\"), from: index) ?? literal.count
      unescaped.append(copying: literal.extracting(index..<escape))
      index = escape
      if index < literal.count { index = appendEscape(in: literal, at: index) }
    }
    return tally.text(unescaped.span)
  }

  /// Appends what an escape stands for and returns the index behind it.
  private mutating func appendEscape(in literal: Span<UInt8>, at index: Int) -> Int {
    let kind = literal[index + 1]
    guard kind == UInt8(ascii: "u") else {
      let byte: UInt8 =
        switch kind {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        default: kind
        }
      unescaped.append(byte)
      return index + 2
    }
    let unit = hexadecimalUnit(in: literal, at: index + 2) ?? 0xFFFD
    if UTF16.isLeadSurrogate(unit), literal.hasPrefix("\\u", at: index + 6),
      let trail = hexadecimalUnit(in: literal, at: index + 8),
      UTF16.isTrailSurrogate(trail)
    {
      append(Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)) ?? "\u{FFFD}")
      return index + 12
    }
    guard let scalar = Unicode.Scalar(unit) else {
      tally.counters.repairs += 1
      unescaped.append(contentsOf: replacementCharacter)
      return index + 6
    }
    append(scalar)
    return index + 6
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
