/// What one byte is to the fast path: the rules of UAX #29 for ASCII, folded into a table of bits.
///
/// Everything above ASCII is left to the path that decodes scalars.
struct ByteClass: OptionSet {
  let rawValue: UInt8

  static let upper = ByteClass(rawValue: 1)
  static let lower = ByteClass(rawValue: 2)
  static let digit = ByteClass(rawValue: 4)
  static let underscore = ByteClass(rawValue: 8)
  /// `'` `.` `:` hold two letters together (WB6, WB7).
  static let joinsLetters = ByteClass(rawValue: 16)
  /// `'` `.` `,` `;` hold two digits together (WB11, WB12).
  static let joinsDigits = ByteClass(rawValue: 32)
  static let nonASCII = ByteClass(rawValue: 128)

  static let letter: ByteClass = [.upper, .lower]
  /// These follow each other without a border (WB5, WB8, WB9, WB10, WB13a, WB13b).
  static let word: ByteClass = [.upper, .lower, .digit, .underscore]

  /// The class of each byte. An InlineArray indexed by a byte needs no bounds check.
  static let table = [256 of UInt8] { ByteClass(of: UInt8(truncatingIfNeeded: $0)).rawValue }

  private init(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .upper
    case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .lower
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
    case UInt8(ascii: "_"): self = .underscore
    case UInt8(ascii: "'"), UInt8(ascii: "."): self = [.joinsLetters, .joinsDigits]
    case UInt8(ascii: ":"): self = .joinsLetters
    case UInt8(ascii: ","), UInt8(ascii: ";"): self = .joinsDigits
    case 0x80...: self = .nonASCII
    default: self = []
    }
  }

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The Sentence_Break property of an ASCII byte.
  static func sentenceBreak(of byte: UInt8) -> SentenceBreakClass {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .upper
    case UInt8(ascii: "a")...UInt8(ascii: "z"): .lower
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .numeric
    case 0x20, 0x09, 0x0B, 0x0C: .space
    case 0x0A: .lineFeed
    case 0x0D: .carriageReturn
    case UInt8(ascii: "."): .ambiguousTerminator
    case UInt8(ascii: "!"), UInt8(ascii: "?"): .terminator
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"):
      .close
    case UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: ":"): .sentenceContinue
    default: .other
    }
  }
}

extension ByteClass {
  /// Whether `middle` can hold this byte to one of its own kind (WB6, WB12).
  @inline(__always)
  func mayJoin(by middle: ByteClass) -> Bool {
    isDisjoint(with: .letter) ? self == .digit && middle.contains(.joinsDigits) : middle.contains(.joinsLetters)
  }

  /// Whether, given that `mayJoin(by:)` holds, `next` is of the same kind (WB7, WB11).
  @inline(__always)
  func isJoined(to next: ByteClass) -> Bool {
    self == .digit ? next == .digit : !next.isDisjoint(with: .letter)
  }
}
