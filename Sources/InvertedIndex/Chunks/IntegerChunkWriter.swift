import BitKernels

/// Writes chunks of integers.
enum IntegerChunkWriter {
  /// Appends the first `count` values, 1...128, as one chunk. The values are left changed.
  ///
  /// Complexity: O(count).
  static func append(_ values: inout IntegerBlock, count: Int, to bytes: inout [UInt8]) {
    precondition((1...IntegerBlock.size).contains(count), "a chunk holds 1 to 128 integers")
    let plan = IntegerChunkFormat.Plan(values.span, count: count)
    guard plan.exceptionCount > 0 else {
      bytes.append(UInt8(plan.width))
      appendPacked(values.span, count: count, width: plan.width, to: &bytes)
      return
    }
    var highs = IntegerBlock.zeros
    var indexes = [UInt8]()
    for index in 0..<count where values[index] >> UInt32(plan.width) != 0 {
      highs[indexes.count] = values[index] >> UInt32(plan.width)
      values[index] &= (1 << UInt32(plan.width)) - 1
      indexes.append(UInt8(index))
    }
    bytes.append(UInt8(plan.width) | IntegerChunkFormat.exceptionsFlag)
    appendPacked(values.span, count: count, width: plan.width, to: &bytes)
    bytes.append(UInt8(plan.exceptionCount))
    bytes.append(UInt8(plan.highWidth))
    bytes.append(contentsOf: indexes)
    packHorizontally(highs.span, count: plan.exceptionCount, width: plan.highWidth, into: &bytes)
  }

  private static func appendPacked(_ values: Span<UInt32>, count: Int, width: Int, to bytes: inout [UInt8]) {
    if count == IntegerBlock.size {
      packVertically(values, width: width, into: &bytes)
    } else {
      packHorizontally(values, count: count, width: width, into: &bytes)
    }
  }
}
