import Benchmark
import BitKernels

/// Gaps to documents.
func gapBenchmarks() {
  Benchmark("sumGaps: values") { benchmark in
    var values = IntegerBlock.zeros
    benchmark.startMeasurement()
    // The sums of one round are the gaps of the next: they wrap, and the time does not depend on them.
    benchmark.forEachBlock(of: SampleBlocks.size) { block in sumGaps(&values, base: UInt32(block)) }
    benchmark.stopMeasurement()
    blackHole(values[SampleBlocks.size - 1])
  }

  let blocks = SampleBlocks.random(below: 1 << 12)
  Benchmark("bitWidth: values") { benchmark in
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      checksum &+= bitWidth(blocks.block(block), count: SampleBlocks.size)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}
