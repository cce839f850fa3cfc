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
  var union: UInt32 = 0
  for index in 0..<count { union |= values[index] }
  return 32 - union.leadingZeroBitCount
}
