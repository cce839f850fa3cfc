// Plain bit packing for fewer than 128 integers: value i at bit i · width of one little-endian stream.

/// The bytes of `count` integers packed side by side at a width.
@inlinable package func horizontalByteCount(count: Int, width: Int) -> Int { (count * width + 7) / 8 }

/// Packs the first `count` integers, each below 2^width, and appends their bytes; the last byte is filled with zero bits.
///
/// Complexity: O(count).
package func packHorizontally(_ values: Span<UInt32>, count: Int, width: Int, into bytes: inout [UInt8]) {
  var pending: UInt64 = 0
  var filled = 0
  for index in 0..<count {
    pending |= UInt64(values[index]) << UInt64(filled)
    filled += width
    while filled >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      filled -= 8
    }
  }
  if filled > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
}

/// Unpacks `count` integers of a width from the bytes at `offset`.
///
/// The bytes must be there: `offset + horizontalByteCount(…)` at most `bytes.count`.
///
/// Complexity: O(count).
package func unpackHorizontally(
  _ bytes: Span<UInt8>, at offset: Int, count: Int, width: Int, into values: inout IntegerBlock
) {
  let byteCount = horizontalByteCount(count: count, width: width)
  precondition(offset >= 0 && offset + byteCount <= bytes.count, "packed integers reach past their bytes")
  let mask: UInt64 = (1 << UInt64(width)) - 1
  var pending: UInt64 = 0
  var filled = 0
  var next = offset
  for index in 0..<count {
    while filled < width {
      pending |= UInt64(bytes[next]) << UInt64(filled)
      next += 1
      filled += 8
    }
    values[index] = UInt32(truncatingIfNeeded: pending & mask)
    pending >>= UInt64(width)
    filled -= width
  }
}
