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
    appendWithExceptions(&values, count: count, plan, to: &bytes)
  }

  private static func appendWithExceptions(
    _ values: inout IntegerBlock, count: Int, _ plan: IntegerChunkFormat.Plan, to bytes: inout [UInt8]
  ) {
    var indexes = InlineArray<32, UInt8>(repeating: 0)
    var highs = InlineArray<32, UInt32>(repeating: 0)
    var indexSpan = indexes.mutableSpan
    var highSpan = highs.mutableSpan
    let exceptionCount = takeHighBits(above: plan.width, of: &values, count: count, indexes: &indexSpan, highs: &highSpan)
    bytes.append(UInt8(plan.width) | IntegerChunkFormat.exceptionsFlag)
    appendPacked(values.span, count: count, width: plan.width, to: &bytes)
    bytes.append(UInt8(exceptionCount))
    bytes.append(UInt8(plan.highWidth))
    for exception in 0..<exceptionCount { bytes.append(indexes[exception]) }
    packHorizontally(highs.span, count: exceptionCount, width: plan.highWidth, into: &bytes)
  }

  private static func appendPacked(_ values: Span<UInt32>, count: Int, width: Int, to bytes: inout [UInt8]) {
    if count == IntegerBlock.size {
      packVertically(values, width: width, into: &bytes)
    } else if width > 0 {
      packHorizontally(values, count: count, width: width, into: &bytes)
    }
  }
}
