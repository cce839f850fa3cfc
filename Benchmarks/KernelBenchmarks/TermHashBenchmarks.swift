import Benchmark
import BitKernels
import IndexStorage

/// Hashes of terms of 2 to 12 bytes, and comparisons of terms with themselves.
func termHashBenchmarks() {
  var generator = SeededGenerator(seed: 8)
  let bytes = (0..<4_096).map { _ in UInt8.random(in: 0x61...0x7A, using: &generator) }
  let terms = (0..<SampleBlocks.size).map { _ in
    (offset: Int.random(in: 0..<bytes.count - 12, using: &generator), count: Int.random(in: 2...12, using: &generator))
  }
  Benchmark("termHash: terms") { benchmark in
    var checksum: UInt64 = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: terms.count) { _ in
      for term in terms { checksum &+= termHash(bytes.span, at: term.offset, count: term.count) }
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
  Benchmark("bytesEqual: terms") { benchmark in
    // Bytes of its own, so that the comparison reads both.
    let others = bytes.map { $0 }
    var equalCount = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: terms.count) { _ in
      for term in terms where bytesEqual(bytes.span, at: term.offset, others.span, at: term.offset, count: term.count) {
        equalCount += 1
      }
    }
    benchmark.stopMeasurement()
    blackHole(equalCount)
  }
}
