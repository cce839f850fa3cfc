extension Span where Element == UInt8 {
  /// The four bytes at an offset as a number, the lowest first.
  ///
  /// - Precondition: they lie inside the span.
  @inlinable
  package func littleEndianUInt32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset <= count &- 4, "a number lies outside its bytes")
    // Four bytes from `offset` are inside the span, and any alignment is allowed.
    return unsafe UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
  }

  /// The eight bytes at an offset as a number, the lowest first.
  ///
  /// - Precondition: they lie inside the span.
  @inlinable
  package func littleEndianUInt64(at offset: Int) -> UInt64 {
    precondition(offset >= 0 && offset <= count &- 8, "a number lies outside its bytes")
    // Eight bytes from `offset` are inside the span, and any alignment is allowed.
    return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }
}
