// Plain bit packing for fewer than 128 integers: value i at bit i · width of one little-endian stream.

/// The bytes of `count` integers packed side by side at a width.
@inlinable package func horizontalByteCount(count: Int, width: Int) -> Int { (count * width + 7) / 8 }

/// Packs the first `count` integers, each below 2^width, and appends their bytes; the last byte is filled with zero bits.
///
/// Complexity: O(count).
package func packHorizontally(_ values: Span<UInt32>, count: Int, width: Int, into bytes: inout [UInt8]) {
  precondition((0...32).contains(width) && count >= 0 && count <= values.count, "integers of 0 to 32 bits are packed")
  let byteCount = horizontalByteCount(count: count, width: width)
  // Eight bytes more, because words are stored whole.
  unsafe withUnsafeTemporaryAllocation(byteCount: byteCount + 8, alignment: 8) { memory in
    let output = memory.baseAddress!
    var place = 0
    var pending: UInt64 = 0
    var filled: UInt64 = 0
    for index in 0..<count {
      // Safe: there are `count` values, and `place` is at most the whole bytes of those before.
      pending |= UInt64(unsafe values[unchecked: index]) &<< filled
      filled &+= UInt64(truncatingIfNeeded: width)
      unsafe output.storeBytes(of: pending.littleEndian, toByteOffset: place, as: UInt64.self)
      place &+= Int(truncatingIfNeeded: filled >> 3)
      pending = pending &>> (filled & ~7)
      filled &= 7
    }
    unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: pending), toByteOffset: place, as: UInt8.self)
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: output, count: byteCount))
  }
}

/// Unpacks `count` integers of a width, 0...32, from the bytes at `offset`.
///
/// The bytes must be there: `offset + horizontalByteCount(…)` at most `bytes.count`. Bytes after them are read where there are
/// any, and do not matter.
///
/// Complexity: O(count).
package func unpackHorizontally(
  _ bytes: Span<UInt8>, at offset: Int, count: Int, width: Int, into values: inout IntegerBlock
) {
  let end = offset + horizontalByteCount(count: count, width: width)
  precondition(offset >= 0 && end <= bytes.count && count <= IntegerBlock.size, "packed integers reach past their bytes")
  let mask: UInt64 = (1 << UInt64(width)) - 1
  // Values that eight bytes can be loaded for; at most 7 bits before the value and 32 of it are needed.
  let fast = width == 0 ? count : min(count, max(0, ((bytes.count - offset - 8) * 8 + 7) / width))
  let raw = unsafe bytes.bytes
  unsafe values.withMemory { pointer in
    // Safe: `count` is at most 128, and each load ends before `bytes` does, or is made byte by byte.
    let output = unsafe pointer.assumingMemoryBound(to: UInt32.self)
    if width == 0 {
      for index in 0..<count { unsafe output[index] = 0 }
      return
    }
    var bit = 0
    for index in 0..<fast {
      let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ bit >> 3, as: UInt64.self)
      unsafe output[index] = UInt32(truncatingIfNeeded: (word >> UInt64(bit & 7)) & mask)
      bit &+= width
    }
    for index in fast..<count {
      let first = offset &+ bit >> 3
      var word: UInt64 = 0
      for byte in first..<min(first + 8, bytes.count) { word |= UInt64(bytes[byte]) << UInt64(8 * (byte - first)) }
      unsafe output[index] = UInt32(truncatingIfNeeded: (word >> UInt64(bit & 7)) & mask)
      bit &+= width
    }
  }
}

/// One of the integers packed side by side at a width, 1...32, from the bytes at `offset`, without the others.
///
/// The bytes must be there, as for unpacking all.
///
/// Complexity: O(1).
package func unpackOneHorizontally(_ bytes: Span<UInt8>, at offset: Int, width: Int, index: Int) -> UInt32 {
  let bit = index &* width
  let first = offset &+ bit >> 3
  if first >= 0, first &+ 8 <= bytes.count {
    // Safe: eight bytes are left.
    let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: first, as: UInt64.self)
    return UInt32(truncatingIfNeeded: (word >> UInt64(bit & 7)) & ((1 << UInt64(width)) - 1))
  }
  let last = offset + (bit + width - 1) >> 3
  var word: UInt64 = 0
  for byte in first...last { word |= UInt64(bytes[byte]) << UInt64(8 * (byte - first)) }
  return UInt32(truncatingIfNeeded: (word >> UInt64(bit & 7)) & ((1 << UInt64(width)) - 1))
}
