import Benchmark
import BitKernels

/// Dense blocks as bitmaps, and windows of bits to be counted.
func bitmapBenchmarks() {
  denseBlockBenchmarks(bitCount: 512)
  windowBenchmarks(wordCount: 1_024)
}

/// Bitmaps of `bitCount` documents, 128 of which are there.
private func denseBlockBenchmarks(bitCount: Int) {
  let blocks = SampleBlocks.places(inWindowOf: bitCount)
  let byteCount = bitCount / 8
  var bytes = [UInt8](repeating: 0, count: SampleBlocks.count * byteCount)
  for block in 0..<SampleBlocks.count {
    let places = blocks.block(block)
    for index in places.indices { bytes[block * byteCount + Int(places[index] >> 3)] |= 1 << UInt8(places[index] & 7) }
  }
  Benchmark("listBitmap, one of \(bitCount / SampleBlocks.size): documents") { [bytes] benchmark in
    var documents = IntegerBlock.zeros
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      checksum &+= listBitmap(bytes.span, at: block * byteCount, bitCount: bitCount, base: 7, into: &documents)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
    blackHole(documents[0])
  }
  Benchmark("insertBitmap, one of \(bitCount / SampleBlocks.size): documents") { [bytes] benchmark in
    var words = [UInt64](repeating: 0, count: 1_024)
    benchmark.startMeasurement()
    var bits = words.mutableSpan
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      insertBitmap(
        bytes.span, at: block * byteCount, bitCount: bitCount, shiftedBy: block * 200 + block % 64, into: &bits)
    }
    benchmark.stopMeasurement()
    blackHole(words)
  }
  let bits = SampleBlocks.random(below: UInt32(bitCount))
  Benchmark("bitmapRank in \(bitCount) bits: ranks") { [bytes] benchmark in
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      let bits = bits.block(block)
      for index in bits.indices { checksum &+= bitmapRank(of: Int(bits[index]), in: bytes.span, at: block * byteCount) }
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

/// A window of `64 * wordCount` documents, in which matches are counted.
private func windowBenchmarks(wordCount: Int) {
  let documents = SampleBlocks.places(inWindowOf: 4_096)
  Benchmark("insertDocuments: documents") { benchmark in
    var words = [UInt64](repeating: 0, count: wordCount)
    benchmark.startMeasurement()
    var bits = words.mutableSpan
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      insertDocuments(documents.block(block), base: 0, into: &bits)
    }
    benchmark.stopMeasurement()
    blackHole(words)
  }
  let words = (0..<wordCount).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
  Benchmark("countBits: words of 64 bits") { benchmark in
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: wordCount) { _ in checksum &+= countBits(words.span) }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}
