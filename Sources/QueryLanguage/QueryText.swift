/// The UTF-8 of query text, with what the lexer asks about it.
struct QueryText {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var count: Int { bytes.count }

  subscript(position: Int) -> UInt8 { bytes[position] }

  subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

  /// The text of a range.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The text of a range as a note shows it: between backquotes, cut to 40 characters, without control characters.
  func quoted(_ range: Range<Int>) -> String {
    // A code point has at most four bytes, so this prefix is enough for 40 of them; what it may cut in two is dropped with the
    // rest.
    let scalars = String(decoding: bytes[range].prefix(41 * 4), as: UTF8.self).unicodeScalars
    var shown = String.UnicodeScalarView()
    for scalar in scalars.prefix(40) {
      shown.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return "`\(String(shown))\(scalars.count > 40 ? "…" : "")`"
  }

  /// The width in bytes of the white space that starts at a position; 0 if none does.
  func spaceWidth(at position: Int) -> Int {
    switch bytes[position] {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2: return byte(position + 1) == 0xA0 || byte(position + 1) == 0x85 ? 2 : 0
    case 0xE1: return byte(position + 1) == 0x9A && byte(position + 2) == 0x80 ? 3 : 0
    case 0xE2:
      switch (byte(position + 1), byte(position + 2)) {
      case (0x80, 0x80...0x8A), (0x80, 0xA8...0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
      default: return 0
      }
    case 0xE3: return byte(position + 1) == 0x80 && byte(position + 2) == 0x80 ? 3 : 0
    default: return 0
    }
  }

  /// The width in bytes of the quotation mark, straight or curly, that starts at a position; 0 if none does.
  func quotationMarkWidth(at position: Int) -> Int {
    switch bytes[position] {
    case UInt8(ascii: "\""): 1
    case 0xE2: byte(position + 1) == 0x80 && (0x9C...0x9E).contains(byte(position + 2)) ? 3 : 0
    default: 0
    }
  }

  /// Whether a position holds a decimal digit.
  func isDigit(at position: Int) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(position)) }

  /// Whether a position holds a `+` or `-`.
  func isSign(at position: Int) -> Bool { byte(position) == UInt8(ascii: "+") || byte(position) == UInt8(ascii: "-") }

  /// Whether a position holds a byte of a word: an ASCII letter or digit, or any part of another character.
  func isWordByte(at position: Int) -> Bool {
    let byte = byte(position)
    return isLetter(byte) || isDigit(at: position)
  }

  /// Whether a byte is an ASCII letter or part of a character outside ASCII.
  func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// The byte at a position; 0 past the end.
  private func byte(_ position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }
}
