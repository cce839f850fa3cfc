import Benchmark
import BitKernels

/// Integers of 128 a block, packed and unpacked.
func packingBenchmarks() {
  for width in [4, 7, 12] { packBenchmark(width: width) }
  // Widths over 16 share one loop in which the width is a variable.
  for width in [1, 4, 7, 8, 12, 16, 20] { unpackBenchmark(width: width) }
  horizontalBenchmark(count: 100, width: 7)
  singleValueBenchmark(width: 7)
  exceptionsBenchmark(count: 8)
}

private func packBenchmark(width: Int) {
  let blocks = SampleBlocks.random(below: 1 << UInt32(width))
  Benchmark("packVertically, \(width) bits: values") { benchmark in
    var bytes: [UInt8] = []
    bytes.reserveCapacity(verticalByteCount(width: width))
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      bytes.removeAll(keepingCapacity: true)
      packVertically(blocks.block(block), width: width, into: &bytes)
    }
    benchmark.stopMeasurement()
    blackHole(bytes)
  }
}

private func unpackBenchmark(width: Int) {
  let bytes = packed(SampleBlocks.random(below: 1 << UInt32(width)), width: width)
  Benchmark("unpackVertically, \(width) bits: values") { benchmark in
    var values = IntegerBlock.zeros
    var checksum: UInt32 = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      unpackVertically(bytes.span, at: block * verticalByteCount(width: width), width: width, into: &values)
      checksum &+= values[block % SampleBlocks.size]
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func horizontalBenchmark(count: Int, width: Int) {
  let blocks = SampleBlocks.random(below: 1 << UInt32(width))
  let byteCount = horizontalByteCount(count: count, width: width)
  var bytes: [UInt8] = []
  for block in 0..<SampleBlocks.count { packHorizontally(blocks.block(block), count: count, width: width, into: &bytes) }
  Benchmark("unpackHorizontally, \(count) of \(width) bits: values") { [bytes] benchmark in
    var values = IntegerBlock.zeros
    var checksum: UInt32 = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: count) { block in
      unpackHorizontally(bytes.span, at: block * byteCount, count: count, width: width, into: &values)
      checksum &+= values[block % count]
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func singleValueBenchmark(width: Int) {
  let bytes = packed(SampleBlocks.random(below: 1 << UInt32(width)), width: width)
  let indexes = SampleBlocks.random(below: UInt32(SampleBlocks.size))
  Benchmark("unpackOneVertically, \(width) bits: values") { benchmark in
    var checksum: UInt32 = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      for index in 0..<SampleBlocks.size {
        checksum &+= unpackOneVertically(
          bytes.span, at: block * verticalByteCount(width: width), width: width, index: Int(indexes.block(block)[index]))
      }
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func exceptionsBenchmark(count: Int) {
  let highs = [UInt8](repeating: 0b1001_0110, count: horizontalByteCount(count: count, width: 5))
  let indexes = (0..<count).map { UInt8($0 * SampleBlocks.size / count) }
  Benchmark("insertHighBits, \(count) a block: exceptions") { benchmark in
    var values = IntegerBlock.zeros
    var isSound = true
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: count) { _ in
      isSound = insertHighBits(highs.span, width: 5, at: indexes.span, above: 7, into: &values) && isSound
    }
    benchmark.stopMeasurement()
    blackHole(isSound)
    blackHole(values[0])
  }
}

private func packed(_ blocks: SampleBlocks, width: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  for block in 0..<SampleBlocks.count { packVertically(blocks.block(block), width: width, into: &bytes) }
  return bytes
}
