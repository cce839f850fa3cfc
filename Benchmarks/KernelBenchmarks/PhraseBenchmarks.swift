import Benchmark
import BitKernels
import IndexStorage

/// The starts of a phrase met with the positions of its next word.
func phraseBenchmarks() {
  let count = 64
  var generator = SeededGenerator(seed: 7)
  let documents = (0..<SampleBlocks.count).map { _ in
    (
      starts: SamplePositions.draw(count, of: 1_024, &generator), positions: SamplePositions.draw(count, of: 1_024, &generator)
    )
  }
  Benchmark("intersectStarts, \(count) and \(count) of 1,024, with a copy of the starts: starts") { benchmark in
    var starts = [UInt32](repeating: 0, count: count)
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: count) { block in
      starts.replaceSubrange(0..<count, with: documents[block].starts)
      checksum &+= intersectStarts(
        &starts, 0..<count, with: documents[block].positions, count: count, place: 1, movingTo: 0)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}
