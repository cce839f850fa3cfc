/// How many columns of a terminal text takes: 2 for East Asian wide characters and emoji, 0 for marks that combine with what
/// stands before them.
enum DisplayWidth {
  /// The columns of a text that holds no control characters.
  static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns of one character: those of its widest scalar, and 2 where a variation selector asks for an emoji.
  static func of(_ character: Character) -> Int {
    if character.isASCII { return 1 }
    var width = 0
    for scalar in character.unicodeScalars {
      width = scalar.value == 0xFE0F ? 2 : max(width, of(scalar))
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.properties.isEmojiPresentation || isWide(scalar.value) { return 2 }
    return switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: 1
    }
  }

  /// Whether a code point lies in a block whose characters are wide (UAX #11, East Asian Width W and F). Gaps inside the blocks
  /// are unassigned, and wide by default.
  private static func isWide(_ codePoint: UInt32) -> Bool {
    guard codePoint >= 0x1100 else { return false }
    return switch codePoint {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F: true
    case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6: true
    case 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD: true
    default: false
    }
  }
}
