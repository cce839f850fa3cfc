// Vertical bit packing of 128 integers over four lanes (Lemire & Boytsov 2015, "Decoding billions of integers per second
// through vectorization", the layout of SIMD-BP128).
//
// Value i lies in lane i mod 4, at bit (i / 4) · width of that lane's stream; the lanes' 32-bit words alternate, so `width`
// vectors of four words hold the block.

/// The bytes of 128 integers packed at a width.
@inlinable package func verticalByteCount(width: Int) -> Int { 16 * width }

/// Packs the 128 integers of a block, each below 2^width, and appends `16 · width` bytes.
///
/// Complexity: O(128), one pass; one loop per width, so that the shifts are constants.
package func packVertically(_ values: Span<UInt32>, width: Int, into bytes: inout [UInt8]) {
  precondition((0...32).contains(width) && values.count == IntegerBlock.size, "a block has 128 integers of 0 to 32 bits")
  let raw = unsafe values.bytes
  unsafe withUnsafeTemporaryAllocation(byteCount: verticalByteCount(width: 32), alignment: 16) { memory in
    // Safe: every width takes at most the bytes of width 32.
    let output = memory.baseAddress!
    switch width {
    case 0: return
    case 1: unsafe packRows(raw, 1, output)
    case 2: unsafe packRows(raw, 2, output)
    case 3: unsafe packRows(raw, 3, output)
    case 4: unsafe packRows(raw, 4, output)
    case 5: unsafe packRows(raw, 5, output)
    case 6: unsafe packRows(raw, 6, output)
    case 7: unsafe packRows(raw, 7, output)
    case 8: unsafe packRows(raw, 8, output)
    case 9: unsafe packRows(raw, 9, output)
    case 10: unsafe packRows(raw, 10, output)
    case 11: unsafe packRows(raw, 11, output)
    case 12: unsafe packRows(raw, 12, output)
    default: unsafe packRows(raw, width, output)
    }
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: output, count: verticalByteCount(width: width)))
  }
}

/// The loop of one width, 1...32; inlined into each case above, where `width` is a constant.
@inline(__always)
private func packRows(_ values: RawSpan, _ width: Int, _ output: UnsafeMutableRawPointer) {
  var word = SIMD4<UInt32>(repeating: 0)
  var filled = 0
  var next = 0
  for row in 0..<32 {
    // Safe: 32 rows of 16 bytes are the 512 bytes of a block; every 32 bits a lane are one vector, so `width` are written.
    let value = unsafe values.unsafeLoadUnaligned(fromUncheckedByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    word |= value &<< SIMD4(repeating: UInt32(truncatingIfNeeded: filled))
    filled &+= width
    if filled >= 32 {
      unsafe output.storeBytes(of: word, toByteOffset: next, as: SIMD4<UInt32>.self)
      next &+= 16
      filled &-= 32
      // What did not fit into the word just written starts the next one; a shift by 32 must give 0.
      word =
        filled == 0 ? SIMD4(repeating: 0) : value &>> SIMD4(repeating: UInt32(truncatingIfNeeded: width &- filled))
    }
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

/// Takes what lies above the `width` low bits out of the first `count` values: where that is not 0, the place goes to the front of
/// `indexes`, and the high bits to the front of `highs`, both of which must have room. Returns how many there are.
///
///     values 1 9 2 at width 2  →  1 1 2, indexes 1, highs 2
///
/// Complexity: O(count).
package func takeHighBits(
  above width: Int, of values: inout IntegerBlock, count: Int, indexes: inout MutableSpan<UInt8>,
  highs: inout MutableSpan<UInt32>
) -> Int {
  precondition((0...IntegerBlock.size).contains(count) && (0..<32).contains(width), "a block has 128 integers of 32 bits")
  let mask: UInt32 = (1 << UInt32(width)) - 1
  var values = values.mutableSpan
  var found = 0
  for index in 0..<count {
    let value = values[index]
    if value > mask {
      indexes[found] = UInt8(truncatingIfNeeded: index)
      highs[found] = value >> UInt32(width)
      values[index] = value & mask
      found += 1
    }
  }
  return found
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
