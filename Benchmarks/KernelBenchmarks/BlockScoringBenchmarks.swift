import Benchmark
import BitKernels

/// BM25 of whole blocks, and sums of scores by window.
func blockScoringBenchmarks() {
  // Documents side by side share cache lines of normalizations, those of a rarer word do not.
  for spacing: UInt32 in [2, 32] { scoreBenchmark(spacing: spacing) }
  windowBenchmark()
}

private func scoreBenchmark(spacing: UInt32) {
  let documents = SampleBlocks.documents(oneOf: spacing)
  let occurrences = SampleBlocks.occurrences()
  let normalizations = (0...documents.values.last!).map { 0.3 + Double($0 % 64) / 16 }
  Benchmark("scoreBlock, one document of \(spacing): documents") { benchmark in
    var contributions = ContributionBlock(repeating: 0)
    var checksum = 0.0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      scoreBlock(
        documents: documents.block(block), occurrences: occurrences.block(block), range: 0..<SampleBlocks.size,
        normalizations: normalizations, weight: 2.5, rounding: 0x1p20, into: &contributions)
      checksum += contributions[block % SampleBlocks.size]
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func windowBenchmark() {
  let windowSize = 4_096
  let blockCount = 4
  let documents = SampleBlocks.places(inWindowOf: windowSize)
  Benchmark("addContributions of \(blockCount) blocks and takeAbove: documents") { benchmark in
    var contributions = ContributionBlock(repeating: 0)
    for index in 0..<SampleBlocks.size { contributions[index] = Double(index % 7) }
    var scores = [Double](repeating: 0, count: windowSize)
    var marks = [UInt64](repeating: 0, count: windowSize / 64)
    var foundDocuments = [UInt32](repeating: 0, count: windowSize)
    var foundScores = [Double](repeating: 0, count: windowSize)
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: blockCount * SampleBlocks.size) { block in
      for part in 0..<blockCount {
        addContributions(
          contributions.span, documents: documents.block((block + part) % SampleBlocks.count), range: 0..<SampleBlocks.size,
          base: 0, into: &scores, &marks)
      }
      checksum &+= takeAbove(
        5, windowScores: &scores, marks: &marks, wordCount: marks.count, base: 0, to: &foundDocuments, &foundScores, count: 0)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}
