import IndexStorage

/// Values for the kernels: blocks of 128, the same in every run.
struct SampleBlocks {
  /// The number of blocks: enough that branches cannot be foretold from the round before, and that values lie past the nearest
  /// cache, as those of a list do.
  static let count = 256
  /// The values of a block.
  static let size = 128

  /// Block b is `values[128 * b..<128 * (b + 1)]`.
  let values: [UInt32]

  /// The values of a block.
  @_lifetime(borrow self)
  func block(_ number: Int) -> Span<UInt32> {
    values.span.extracting(number * SampleBlocks.size..<(number + 1) * SampleBlocks.size)
  }

  /// Values below a bound.
  static func random(below bound: UInt32) -> SampleBlocks {
    var generator = SeededGenerator(seed: 1)
    return SampleBlocks(values: (0..<count * size).map { _ in UInt32.random(in: 0..<bound, using: &generator) })
  }

  /// Documents that ascend through all blocks, one of `spacing` on average.
  static func documents(oneOf spacing: UInt32) -> SampleBlocks {
    var generator = SeededGenerator(seed: 2)
    var document: UInt32 = 0
    return SampleBlocks(
      values: (0..<count * size).map { _ in
        document += UInt32.random(in: 1...2 * spacing - 1, using: &generator)
        return document
      })
  }

  /// How often words stand in documents: once as a rule, up to eight times.
  static func occurrences() -> SampleBlocks {
    var generator = SeededGenerator(seed: 3)
    return SampleBlocks(
      values: (0..<count * size).map { _ in 1 + UInt32(UInt8.random(in: 1 ... .max, using: &generator).leadingZeroBitCount) })
  }

  /// Different documents of a window of `width`, a block for each window: ascending, counted from the start of the window.
  static func places(inWindowOf width: Int) -> SampleBlocks {
    var generator = SeededGenerator(seed: 4)
    var values: [UInt32] = []
    for _ in 0..<count {
      // Selection sampling (Knuth, Algorithm S).
      var left = size
      for place in 0..<width where Int.random(in: 0..<width - place, using: &generator) < left {
        values.append(UInt32(place))
        left -= 1
      }
    }
    return SampleBlocks(values: values)
  }
}
