/// 128 integers side by side: the unit in which postings and positions are packed, decoded and scored.
///
/// 128 because one vertical unpack fills 32 lanes of four integers exactly.
@usableFromInline package typealias IntegerBlock = FixedBuffer<128, UInt32>

extension IntegerBlock {
  /// The number of integers in a block.
  @inlinable package static var size: Int { 128 }

  /// A block of zeros.
  @inlinable package static var zeros: IntegerBlock { IntegerBlock(repeating: 0) }
}

/// The number of bits that the largest of the first `count` values needs, 0...32.
///
/// Complexity: O(count).
package func bitWidth(_ values: Span<UInt32>, count: Int) -> Int {
  precondition(count >= 0 && count <= values.count, "a block has fewer integers")
  var union: UInt32 = 0
  // Safe: there are `count` values.
  for index in 0..<count { unsafe union |= values[unchecked: index] }
  return 32 - union.leadingZeroBitCount
}

/// How many of the first `count` values need more than `width` bits, 0...32.
///
/// Complexity: O(count), several at a time.
package func countWider(than width: Int, _ values: Span<UInt32>, count: Int) -> Int {
  precondition(count >= 0 && count <= values.count, "a block has fewer integers")
  let greatest: UInt32 = width >= 32 ? .max : (1 << UInt32(width)) - 1
  var found: UInt32 = 0
  // Safe: there are `count` values.
  for index in 0..<count { unsafe found &+= values[unchecked: index] > greatest ? 1 : 0 }
  return Int(found)
}

/// How many of the first `count` values, at most 255, need 0, 1, 2… 32 bits.
///
/// Complexity: O(count).
package func countWidths(_ values: Span<UInt32>, count: Int) -> InlineArray<64, UInt8> {
  precondition(count >= 0 && count <= min(values.count, 255), "a block has fewer integers")
  var counts = InlineArray<64, UInt8>(repeating: 0)
  var span = counts.mutableSpan
  // Safe: there are `count` values, and 64 counters.
  for index in 0..<count { unsafe span[unchecked: 32 &- values[unchecked: index].leadingZeroBitCount] &+= 1 }
  return counts
}
