/// Lists the documents of a bitmap: bit i of the bytes is document `base + i`. Returns how many there are, or 129 where they
/// exceed a block.
///
/// Complexity: O(bytes + documents).
package func decodeBitmap(_ bytes: Span<UInt8>, base: UInt32, into documents: inout IntegerBlock) -> Int {
  var count = 0
  for index in bytes.indices {
    var byte = bytes[index]
    while byte != 0 {
      if count == IntegerBlock.size { return IntegerBlock.size + 1 }
      documents[count] = base &+ UInt32(truncatingIfNeeded: index * 8 + byte.trailingZeroBitCount)
      count += 1
      byte &= byte - 1
    }
  }
  return count
}
