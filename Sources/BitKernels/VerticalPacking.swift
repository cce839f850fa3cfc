// Vertical bit packing of 128 integers over four lanes (Lemire & Boytsov 2015, "Decoding billions of integers per second
// through vectorization", the layout of SIMD-BP128).
//
// Value i lies in lane i mod 4, at bit (i / 4) · width of that lane's stream; the lanes' 32-bit words alternate, so `width`
// vectors of four words hold the block.

/// The bytes of 128 integers packed at a width.
@inlinable package func verticalByteCount(width: Int) -> Int { 16 * width }

/// Packs the 128 integers of a block, each below 2^width, and appends `16 · width` bytes.
///
/// Complexity: O(128), one pass.
package func packVertically(_ values: Span<UInt32>, width: Int, into bytes: inout [UInt8]) {
  precondition((0...32).contains(width) && values.count == IntegerBlock.size, "a block has 128 integers of 0 to 32 bits")
  var word = SIMD4<UInt32>(repeating: 0)
  var filled = 0
  for row in 0..<32 {
    let value = SIMD4(values[4 * row], values[4 * row + 1], values[4 * row + 2], values[4 * row + 3])
    word |= value &<< SIMD4(repeating: UInt32(filled))
    filled += width
    if filled >= 32 {
      appendLittleEndian(word, to: &bytes)
      filled -= 32
      // What did not fit into the word just written starts the next one; a shift by 32 must give 0.
      word = filled == 0 ? SIMD4(repeating: 0) : value &>> SIMD4(repeating: UInt32(width - filled))
    }
  }
}

private func appendLittleEndian(_ word: SIMD4<UInt32>, to bytes: inout [UInt8]) {
  for lane in 0..<4 {
    bytes.append(UInt8(truncatingIfNeeded: word[lane]))
    bytes.append(UInt8(truncatingIfNeeded: word[lane] >> 8))
    bytes.append(UInt8(truncatingIfNeeded: word[lane] >> 16))
    bytes.append(UInt8(truncatingIfNeeded: word[lane] >> 24))
  }
}

/// Unpacks 128 integers of a width from `16 · width` bytes at `offset`.
///
/// The bytes must be there: `offset + 16 · width` at most `bytes.count`.
///
/// Complexity: O(128); one loop per width, so that the shifts are constants.
package func unpackVertically(_ bytes: Span<UInt8>, at offset: Int, width: Int, into values: inout IntegerBlock) {
  precondition(offset >= 0 && offset + verticalByteCount(width: width) <= bytes.count, "a packed block reaches past its bytes")
  let raw = unsafe bytes.bytes
  switch width {
  case 0: values.fill(0)
  case 1: unpackRows(raw, offset, 1, &values)
  case 2: unpackRows(raw, offset, 2, &values)
  case 3: unpackRows(raw, offset, 3, &values)
  case 4: unpackRows(raw, offset, 4, &values)
  case 5: unpackRows(raw, offset, 5, &values)
  case 6: unpackRows(raw, offset, 6, &values)
  case 7: unpackRows(raw, offset, 7, &values)
  case 8: unpackRows(raw, offset, 8, &values)
  case 9: unpackRows(raw, offset, 9, &values)
  case 10: unpackRows(raw, offset, 10, &values)
  case 11: unpackRows(raw, offset, 11, &values)
  case 12: unpackRows(raw, offset, 12, &values)
  case 13: unpackRows(raw, offset, 13, &values)
  case 14: unpackRows(raw, offset, 14, &values)
  case 15: unpackRows(raw, offset, 15, &values)
  case 16: unpackRows(raw, offset, 16, &values)
  default: unpackRows(raw, offset, width, &values)
  }
}

/// The loop of one width; inlined into each case above, where `width` is a constant.
@inline(__always)
private func unpackRows(_ bytes: RawSpan, _ offset: Int, _ width: Int, _ values: inout IntegerBlock) {
  let mask = SIMD4<UInt32>(repeating: width == 32 ? .max : (1 << UInt32(width)) - 1)
  unsafe values.withMemory { pointer in
    // Safe: 32 rows of 16 bytes are the 512 bytes of the block, and the caller checked that `width` vectors of 16 bytes lie at
    // `offset`.
    let output = unsafe pointer
    var next = offset
    var word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: next, as: SIMD4<UInt32>.self)
    next += 16
    var used: UInt32 = 0
    for row in 0..<32 {
      var value = word &>> SIMD4(repeating: used)
      used += UInt32(width)
      if used >= 32 {
        used -= 32
        if row < 31 {
          word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: next, as: SIMD4<UInt32>.self)
          next += 16
          if used > 0 { value |= word &<< SIMD4(repeating: UInt32(width) - used) }
        }
      }
      unsafe output.storeBytes(of: value & mask, toByteOffset: row * 16, as: SIMD4<UInt32>.self)
    }
  }
}

/// Puts the high bits of a few values above the `width` low ones that were unpacked; false where an index is past the block, or
/// the high bits, packed side by side at `highWidth`, past their bytes.
///
///     values[indexes[i]] |= highs[i] << width
///
/// Complexity: O(indexes).
package func insertHighBits(
  _ highs: Span<UInt8>, width highWidth: Int, at indexes: Span<UInt8>, above width: Int, into values: inout IntegerBlock
) -> Bool {
  guard highWidth > 0, width + highWidth <= 32, horizontalByteCount(count: indexes.count, width: highWidth) <= highs.count else {
    return highWidth == 0
  }
  var values = values.mutableSpan
  for exception in indexes.indices {
    let index = Int(indexes[exception])
    if index >= IntegerBlock.size { return false }
    values[index] |= unpackOneHorizontally(highs, at: 0, width: highWidth, index: exception) &<< UInt32(width)
  }
  return true
}

/// One of 128 integers packed vertically at a width, 1...32, from the bytes at `offset`, without the others.
///
/// The bytes must be there, as for unpacking all.
///
/// Complexity: O(1).
package func unpackOneVertically(_ bytes: Span<UInt8>, at offset: Int, width: Int, index: Int) -> UInt32 {
  precondition(
    offset >= 0 && offset + verticalByteCount(width: width) <= bytes.count && index >= 0 && index < IntegerBlock.size,
    "a packed block reaches past its bytes")
  let bit = (index >> 2) * width
  let start = offset + (bit >> 5) * 16 + (index & 3) * 4
  let raw = unsafe bytes.bytes
  // Safe: inside the packed bytes; a value that goes on in the next vector of words is not in the last.
  var value = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt32.self) >> UInt32(bit & 31)
  if bit & 31 + width > 32 {
    value |= unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: start + 16, as: UInt32.self) << UInt32(32 - bit & 31)
  }
  return width == 32 ? value : value & ((1 << UInt32(width)) - 1)
}
