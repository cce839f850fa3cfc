import Benchmark
import BitKernels

/// Searches in a block of ascending documents.
func blockSearchBenchmarks() {
  let documents = SampleBlocks.documents(oneOf: 16)
  let offsets = SampleBlocks.random(below: 16 * UInt32(SampleBlocks.size))
  Benchmark("lowerBound in 128: searches") { benchmark in
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      let values = documents.block(block)
      let targets = offsets.block(block)
      let first = values[0]
      for index in targets.indices { checksum &+= lowerBound(of: first &+ targets[index], in: values) }
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}
