/// Turns gaps into ascending numbers: `values[i]` becomes `base + 1 + Σ (values[0...i]) + i`, so a gap of 0 means the next
/// number.
///
/// Sums wrap on overflow; whoever decodes bytes from disk checks the last number against the one stored beside the block.
///
///     gaps 0 0 3 from base 9  →  10 11 15        from base `UInt32.max` (before the first) →  0 1 5
///
/// Complexity: O(128), four at a time.
package func sumGaps(_ values: inout IntegerBlock, base: UInt32) {
  unsafe values.withMemory { pointer in
    // Safe: 32 rows of 16 bytes are the 512 bytes of the block.
    let memory = unsafe pointer
    var carried = SIMD4<UInt32>(repeating: base)
    let zero = SIMD4<UInt32>(repeating: 0)
    for row in 0..<32 {
      var sums = unsafe memory.loadUnaligned(fromByteOffset: row * 16, as: SIMD4<UInt32>.self) &+ 1
      sums = sums &+ SIMD4(zero[0], sums[0], sums[1], sums[2])
      sums = sums &+ SIMD4(zero[0], zero[0], sums[0], sums[1])
      sums = sums &+ carried
      unsafe memory.storeBytes(of: sums, toByteOffset: row * 16, as: SIMD4<UInt32>.self)
      carried = SIMD4(repeating: sums[3])
    }
  }
}

/// As the sum over a whole block, for its first `count` values.
///
/// Complexity: O(count).
package func sumGaps(_ values: inout IntegerBlock, count: Int, base: UInt32) {
  var sum = base
  for index in 0..<count {
    sum = sum &+ values[index] &+ 1
    values[index] = sum
  }
}

/// Writes the gaps between the first `count` of some ascending numbers to the front of `gaps`: the inverse of
/// ``sumGaps(_:count:base:)``, but that `base` is the number before the first plus 1.
///
///     numbers 10 11 15 from base 10  →  0 0 3
///
/// Complexity: O(count), several at a time.
package func takeGaps(_ numbers: borrowing IntegerBlock, count: Int, base: UInt32, into gaps: inout IntegerBlock) {
  guard count > 0 else { return }
  let numbers = numbers.span
  precondition(count <= IntegerBlock.size && numbers[0] >= base, "numbers do not ascend")
  var gaps = gaps.mutableSpan
  gaps[0] = numbers[0] &- base
  var descents: UInt32 = 0
  for index in 1..<count {
    // Safe: a block has as many numbers.
    let (last, number) = unsafe (numbers[unchecked: index &- 1], numbers[unchecked: index])
    unsafe gaps[unchecked: index] = number &- last &- 1
    descents |= number > last ? 0 : 1
  }
  precondition(descents == 0, "numbers do not ascend")
}

/// Adds 1 to every value.
///
/// Complexity: O(128), four at a time.
package func addOne(_ values: inout IntegerBlock) {
  unsafe values.withMemory { pointer in
    // Safe: 32 rows of 16 bytes are the 512 bytes of the block.
    let memory = unsafe pointer
    for row in 0..<32 {
      let sums = unsafe memory.loadUnaligned(fromByteOffset: row * 16, as: SIMD4<UInt32>.self) &+ 1
      unsafe memory.storeBytes(of: sums, toByteOffset: row * 16, as: SIMD4<UInt32>.self)
    }
  }
}
