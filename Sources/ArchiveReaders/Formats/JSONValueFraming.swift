/// Cuts JSON text into the values of its outermost array, or into values that follow one another, and into the separators
/// between them.
///
/// Only brackets and quotes are looked at: a value that is no JSON is cut all the same and left to its reader.
struct JSONValueFraming: RecordFraming {
  /// What a record cut from the text is.
  enum Piece {
    case separators
    case value
  }

  /// What the record cut last, or under way at the end of the text, is.
  private(set) var piece = Piece.separators
  /// Whether an outermost array was opened.
  private(set) var hasArray = false
  /// Whether the outermost array was closed.
  private(set) var isArrayClosed = false

  private var hasBytes = false
  private var isInValue = false
  private var isInString = false
  private var isEscaped = false
  private var depth = 0

  mutating func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      if isInString {
        index = endOfString(in: bytes, from: index)
      } else if isInValue {
        if depth == 0, hasBytes, endsScalar(bytes[index]) { return finish(at: index) }
        takeValueByte(bytes[index])
        index += 1
        if depth == 0, !isInString, bytes[index - 1] == UInt8(ascii: "}") || bytes[index - 1] == UInt8(ascii: "]") {
          return finish(at: index)
        }
      } else if isSeparator(bytes[index]) {
        hasBytes = true
        index += 1
      } else {
        isInValue = true
        let endsSeparators = hasBytes
        piece = endsSeparators ? .separators : .value
        hasBytes = false
        if endsSeparators { return index }
      }
    }
    piece = isInValue ? .value : .separators
    return nil
  }

  private mutating func finish(at index: Int) -> Int {
    piece = .value
    isInValue = false
    hasBytes = false
    return index
  }

  private mutating func takeValueByte(_ byte: UInt8) {
    hasBytes = true
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth = max(0, depth - 1)
    default: break
    }
  }

  private mutating func endOfString(in bytes: Span<UInt8>, from start: Int) -> Int {
    guard !isEscaped else {
      isEscaped = false
      return start + 1
    }
    let index = bytes.endOfPlainText(from: start)
    guard index < bytes.count else { return index }
    isEscaped = bytes[index] == UInt8(ascii: "\\")
    isInString = bytes[index] != UInt8(ascii: "\"")
    return index + 1
  }

  /// Whether a byte cannot belong to the scalar before it.
  private func endsScalar(_ byte: UInt8) -> Bool {
    isWhitespace(byte) || [UInt8(ascii: ","), UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte)
  }

  private mutating func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","): return !isArrayClosed
    case UInt8(ascii: "[") where !hasArray && piece == .separators:
      hasArray = true
      return true
    case UInt8(ascii: "]") where hasArray && !isArrayClosed:
      isArrayClosed = true
      return true
    default: return isWhitespace(byte)
    }
  }
}
