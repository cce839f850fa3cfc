import Benchmark
import BitKernels

/// Positions in Golomb-Rice codes.
func riceBenchmarks() {
  readBenchmark(SamplePositions(count: 3, of: 512))
  readBenchmark(SamplePositions(count: 32, of: 1_024))
  skipBenchmark(SamplePositions(count: 32, of: 1_024))
  layoutBenchmark()
}

private func readBenchmark(_ sample: SamplePositions) {
  Benchmark("readRice, \(sample.count) a document: positions") { benchmark in
    var positions = [UInt32](repeating: 0, count: sample.count)
    var checksum: UInt64 = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: sample.count) { block in
      let document = block % SamplePositions.documentCount
      let read = readRice(
        sample.bytes.span, count: sample.count, width: sample.width, remainder: document * sample.count * sample.width,
        quotient: sample.quotients[document], into: &positions)
      checksum &+= read?.last ?? 0
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
    blackHole(positions)
  }
}

private func skipBenchmark(_ sample: SamplePositions) {
  let documents = 4
  Benchmark("skipOnes, \(documents) documents of \(sample.count): positions") { benchmark in
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: documents * sample.count) { block in
      let document = block % (SamplePositions.documentCount - documents)
      checksum &+= skipOnes(documents * sample.count, from: sample.quotients[document], in: sample.bytes.span) ?? 0
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func layoutBenchmark() {
  let documents = SampleBlocks.documents(oneOf: 8)
  let occurrences = SampleBlocks.occurrences()
  let lengths = (0...documents.values.last!).map { 100 + $0 % 900 }
  Benchmark("layOutRice: documents") { benchmark in
    var widths = FixedBuffer<128, UInt32>(repeating: 0)
    var remainderEnds = FixedBuffer<128, Int>(repeating: 0)
    var quotientEnds = FixedBuffer<128, Int>(repeating: 0)
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      let isSound = layOutRice(
        documents: documents.block(block), occurrences: occurrences.block(block), lengths: lengths, fieldGaps: 1,
        widths: &widths, remainderEnds: &remainderEnds, quotientEnds: &quotientEnds)
      checksum &+= isSound ? remainderEnds[SampleBlocks.size - 1] : 0
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}
