/// A 64-bit hash of a short run of bytes, for tables in memory; it is never written to disk.
///
/// Eight bytes a step: multiply, fold the high half in (the mixing of wyhash, Wang Yi 2019). Not keyed: tables compare the
/// bytes as well, so a collision costs time and never an answer.
///
/// The bytes must be there: `offset + count` at most `bytes.count`.
///
/// Complexity: O(count).
@inlinable package func termHash(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> UInt64 {
  precondition(offset >= 0 && count >= 0 && offset + count <= bytes.count, "a term reaches past its bytes")
  let raw = unsafe bytes.bytes
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
  var next = offset
  var left = count
  while left >= 8 {
    // Safe: eight bytes are left before the end checked above.
    let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: next, as: UInt64.self)
    hash = mix(hash ^ word)
    next += 8
    left -= 8
  }
  if left > 0 { hash = mix(hash ^ bytes.leadingBytes(of: left, at: next)) }
  return hash
}

extension Span<UInt8> {
  /// The first eight of `count` bytes at an offset, the first one lowest; zeros where there are fewer. The bytes must be there.
  @inlinable @inline(__always)
  package func leadingBytes(of count: Int, at offset: Int) -> UInt64 {
    precondition(offset >= 0 && count >= 0 && offset &+ count <= self.count, "a term reaches past its bytes")
    if offset &+ 8 <= self.count {
      // Safe: eight bytes are left.
      let word = unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
      return word & ((1 << UInt64(truncatingIfNeeded: 8 &* Swift.min(count, 8))) &- 1)
    }
    var word: UInt64 = 0
    for index in 0..<Swift.min(count, 8) { word |= UInt64(self[offset + index]) << UInt64(8 * index) }
    return word
  }
}

@usableFromInline @inline(__always) func mix(_ value: UInt64) -> UInt64 {
  let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
  return product.high ^ product.low
}

/// Whether two runs of bytes are equal. Both must be there.
///
/// Complexity: O(count).
@inlinable package func bytesEqual(
  _ left: Span<UInt8>, at leftOffset: Int, _ right: Span<UInt8>, at rightOffset: Int, count: Int
) -> Bool {
  precondition(
    leftOffset >= 0 && rightOffset >= 0 && count >= 0 && leftOffset + count <= left.count
      && rightOffset + count <= right.count, "compared bytes reach past their end")
  let leftRaw = unsafe left.bytes
  let rightRaw = unsafe right.bytes
  var index = 0
  while index + 8 <= count {
    // Safe: eight bytes are left before both ends checked above.
    let leftWord = unsafe leftRaw.unsafeLoadUnaligned(fromUncheckedByteOffset: leftOffset + index, as: UInt64.self)
    let rightWord = unsafe rightRaw.unsafeLoadUnaligned(fromUncheckedByteOffset: rightOffset + index, as: UInt64.self)
    if leftWord != rightWord { return false }
    index += 8
  }
  while index < count {
    if left[leftOffset + index] != right[rightOffset + index] { return false }
    index += 1
  }
  return true
}
