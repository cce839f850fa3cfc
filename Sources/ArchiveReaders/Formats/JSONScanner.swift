/// Steps through JSON text (RFC 8259), strictly: every byte is checked against the grammar except that strings may hold invalid
/// UTF-8, which their reader repairs.
///
/// Nothing is built; strings and values are given as ranges. Nesting is held in the bits of one integer, so no input can
/// exhaust the stack.
struct JSONScanner: ~Escapable {
  /// The deepest nesting of arrays and objects, the outermost counted as 1.
  static let maximumDepth = 64

  let bytes: Span<UInt8>
  /// The index of the byte looked at next.
  var position = 0

  /// A scanner at the start of the text.
  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// A string literal: what stands between its quotes, and whether any of it is escaped.
  struct StringLiteral {
    var range: Range<Int>
    var hasEscapes: Bool
  }

  /// What a value is, and where.
  struct Value {
    enum Kind: UInt8 {
      case string
      case number
      case boolean
      case null
      case array
      case object
    }

    var kind: Kind
    /// The whole value, for a string what stands between its quotes.
    var range: Range<Int>
    var hasEscapes = false
  }

  /// The next byte that is no white space, or nil at the end. It is looked at, not taken.
  mutating func nextSignificant() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      if !isWhitespace(byte) { return byte }
      position += 1
    }
    return nil
  }

  /// Takes this byte, white space before it allowed.
  mutating func take(_ byte: UInt8, _ expectation: StaticString) throws(JSONFailure) {
    guard let found = nextSignificant() else { throw JSONFailure(offset: position, "it ends where \(expectation) is expected") }
    guard found == byte else { throw JSONFailure(offset: position, "\(expectation) is expected") }
    position += 1
  }

  /// Takes a string, its quotes included; the opening quote must be the next byte.
  mutating func takeString() throws(JSONFailure) -> StringLiteral {
    let start = position + 1
    position = start
    var hasEscapes = false
    while true {
      position = bytes.endOfPlainText(from: position)
      guard position < bytes.count else { throw JSONFailure(offset: start - 1, "a string is not closed") }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return StringLiteral(range: start..<(position - 1), hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try takeEscape()
      default: throw JSONFailure(offset: position, "a control character stands unescaped in a string")
      }
    }
  }

  private mutating func takeEscape() throws(JSONFailure) {
    guard position + 1 < bytes.count else { throw JSONFailure(offset: position, "a string is not closed") }
    switch bytes[position + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "r"), UInt8(ascii: "t"),
      UInt8(ascii: "b"), UInt8(ascii: "f"):
      position += 2
    case UInt8(ascii: "u"):
      guard hexadecimalUnit(in: bytes, at: position + 2) != nil else {
        throw JSONFailure(offset: position, "`\\u` is not followed by four hexadecimal digits")
      }
      position += 6
    default: throw JSONFailure(offset: position, "an escape is none that JSON knows")
    }
  }

  /// Takes one value of any kind with all that is in it. `depth` is the number of arrays and objects already open around it.
  ///
  /// Complexity: O(bytes of the value).
  mutating func takeValue(depth outer: Int) throws(JSONFailure) -> Value {
    guard let first = nextSignificant() else { throw JSONFailure(offset: position, "it ends where a value is expected") }
    let start = position
    switch first {
    case UInt8(ascii: "\""):
      let literal = try takeString()
      return Value(kind: .string, range: literal.range, hasEscapes: literal.hasEscapes)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try takeNested(depth: outer)
      return Value(kind: first == UInt8(ascii: "{") ? .object : .array, range: start..<position)
    default:
      let kind = try takeScalar(first)
      return Value(kind: kind, range: start..<position)
    }
  }

  /// Takes an array or object; its opening bracket must be the next byte.
  private mutating func takeNested(depth outer: Int) throws(JSONFailure) {
    // Bit n says whether the (n + 1)-th open bracket is an object's.
    var objects: UInt64 = 0
    var depth = 0
    while true {
      // Here a value is expected.
      guard let byte = nextSignificant() else { throw JSONFailure(offset: position, "it ends where a value is expected") }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard outer + depth < JSONScanner.maximumDepth else {
          throw JSONFailure(offset: position, "it is nested deeper than \(JSONScanner.maximumDepth) levels")
        }
        let isObject = byte == UInt8(ascii: "{")
        objects = isObject ? objects | 1 << depth : objects & ~(1 << depth)
        depth += 1
        position += 1
        if nextSignificant() == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          position += 1
          depth -= 1
        } else {
          if isObject { _ = try takeKey() }
          continue
        }
      case UInt8(ascii: "\""): _ = try takeString()
      default: _ = try takeScalar(byte)
      }
      // Here a value has ended.
      while true {
        guard depth > 0 else { return }
        let isObject = objects & 1 << (depth - 1) != 0
        let next = nextSignificant()
        if next == UInt8(ascii: ",") {
          position += 1
          if isObject { _ = try takeKey() }
          break
        }
        guard next == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          let what: StaticString = isObject ? "`,` or `}`" : "`,` or `]`"
          throw JSONFailure(offset: position, next == nil ? "it ends where \(what) is expected" : "\(what) is expected")
        }
        position += 1
        depth -= 1
      }
    }
  }

  /// Takes a key of an object and the colon behind it.
  mutating func takeKey() throws(JSONFailure) -> StringLiteral {
    guard let quote = nextSignificant() else { throw JSONFailure(offset: position, "it ends where a key is expected") }
    guard quote == UInt8(ascii: "\"") else { throw JSONFailure(offset: position, "a key in quotes is expected") }
    let key = try takeString()
    try take(UInt8(ascii: ":"), "`:`")
    return key
  }

  private mutating func takeScalar(_ first: UInt8) throws(JSONFailure) -> Value.Kind {
    switch first {
    case UInt8(ascii: "t"): return try takeWord("true", .boolean)
    case UInt8(ascii: "f"): return try takeWord("false", .boolean)
    case UInt8(ascii: "n"): return try takeWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try takeNumber()
      return .number
    default: throw JSONFailure(offset: position, "a value is expected")
    }
  }

  private mutating func takeWord(_ word: StaticString, _ kind: Value.Kind) throws(JSONFailure) -> Value.Kind {
    guard bytes.hasPrefix(word, at: position) else { throw JSONFailure(offset: position, "a value is expected") }
    position += word.utf8CodeUnitCount
    return kind
  }

  private mutating func takeNumber() throws(JSONFailure) {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let integerStart = position
    var isSound = takeDigits() && (bytes[integerStart] != UInt8(ascii: "0") || position == integerStart + 1)
    if isSound, position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      isSound = takeDigits()
    }
    if isSound, position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") { position += 1 }
      isSound = takeDigits()
    }
    guard isSound else { throw JSONFailure(offset: start, "a number is not well formed") }
  }

  /// Whether there was at least one digit.
  private mutating func takeDigits() -> Bool {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    return position > start
  }
}

/// Why a record is no JSON.
struct JSONFailure: Error, Hashable {
  /// Where in the record, counted from 0.
  let offset: Int
  let reason: String

  init(offset: Int, _ reason: String) {
    self.offset = offset
    self.reason = reason
  }

  /// A short sentence without a full stop.
  var description: String { "malformed JSON at byte \(offset + 1): \(reason)" }
}

/// Whether the byte is an ASCII digit.
@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// The number that four hexadecimal digits at an index stand for, or nil.
func hexadecimalUnit(in bytes: Span<UInt8>, at start: Int) -> UInt16? {
  guard start + 4 <= bytes.count else { return nil }
  var unit: UInt16 = 0
  for index in start..<(start + 4) {
    let byte = bytes[index]
    let digit: UInt8
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
    default: return nil
    }
    unit = unit << 4 | UInt16(digit)
  }
  return unit
}
