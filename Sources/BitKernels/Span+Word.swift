extension Span<UInt8> {
  /// The eight bytes at an offset, the lowest first; zeros for bytes past the end.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    if offset &+ 8 <= count, offset >= 0 {
      // Safe: eight bytes are left.
      return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }
    var word: UInt64 = 0
    for byte in offset..<Swift.min(offset + 8, count) { word |= UInt64(self[byte]) << UInt64(8 * (byte - offset)) }
    return word
  }
}
