/// What the fast path learns of a word while it copies and folds it.
struct ASCIIWord {
  // Top bits of bytes, as EightBytes gives them.
  private var lettersAndDigits: UInt64 = 0
  private var innerUpper: UInt64 = 0
  private var innerLower: UInt64 = 0
  private var isAtStart = true

  /// Whether the word holds a letter or digit, and not underscores alone.
  @inline(__always)
  var isToken: Bool { lettersAndDigits != 0 }

  /// The bits of ``TokenShape`` for letters after the first byte.
  @inline(__always)
  var innerCase: UInt8 {
    (innerUpper != 0 ? TokenShape.hasInnerUpper.rawValue : 0) | (innerLower != 0 ? TokenShape.hasInnerLower.rawValue : 0)
  }

  /// Copies letters, digits and underscores from `position` on to `terms`, upper case made lower case, and moves `position`
  /// past them, at most to `stop`. The byte at `position` must be one of them.
  ///
  /// The term's byte of the text's byte `p` is `term + p`; seven bytes after the word may be written too.
  @inline(__always)
  mutating func scan(
    _ text: Span<UInt8>, from position: inout Int, to stop: Int, into terms: inout MutableSpan<UInt8>, at term: Int
  ) {
    while position &+ 8 <= stop {
      let bytes = EightBytes(text, at: position)
      let (upper, lower, digit) = (bytes.upper, bytes.lower, bytes.digit)
      let count = EightBytes.count(of: upper | lower | digit | bytes.underscore)
      // Unsafe for elements with forbidden values, which bytes have not; the bounds are checked. See EightBytes for what it is
      // worth.
      var mutableBytes = unsafe terms.mutableBytes
      mutableBytes.storeBytes(of: bytes.folded, toByteOffset: term &+ position, as: UInt64.self)
      note(upper, lower, digit, within: EightBytes.first(count))
      position &+= count
      if count < 8 { return }
    }
    while position < stop {
      let bytes = EightBytes(UInt64(text[position]))
      let (upper, lower, digit) = (bytes.upper, bytes.lower, bytes.digit)
      guard upper | lower | digit | bytes.underscore != 0 else { return }
      terms[term &+ position] = UInt8(truncatingIfNeeded: bytes.folded)
      note(upper, lower, digit, within: 0xFF)
      position &+= 1
    }
  }

  @inline(__always)
  private mutating func note(_ upper: UInt64, _ lower: UInt64, _ digit: UInt64, within bytes: UInt64) {
    let inner = isAtStart ? bytes & ~0xFF : bytes
    isAtStart = false
    lettersAndDigits |= (upper | lower | digit) & bytes
    innerUpper |= upper & inner
    innerLower |= lower & inner
  }
}
