import Benchmark

extension Benchmark {
  /// Calls `body` with the numbers of blocks, one after the other and again from the first, until as many values have passed as the
  /// scaling factor says: a million, less the part of a call that is left over.
  ///
  /// - Parameter valueCount: the values that one call works on.
  @inline(__always)
  func forEachBlock(of valueCount: Int, _ body: (_ block: Int) -> Void) {
    for call in 0..<scaledIterations.count / valueCount { body(call % SampleBlocks.count) }
  }
}
