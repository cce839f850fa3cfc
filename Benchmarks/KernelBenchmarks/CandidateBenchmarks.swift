import Benchmark
import BitKernels
import IndexStorage

/// Candidates of a window brought up and narrowed, 1,024 of them.
func candidateBenchmarks() {
  let sample = SampleCandidates(count: 1_024)
  addWherePresentBenchmark(sample)
  keepBenchmarks(sample)
  appendBenchmark()
  selectionBenchmark()
}

/// Candidates in one of four documents of a window, with random bits, scores and marks.
private struct SampleCandidates {
  let count: Int
  let documents: [UInt32]
  let bitmap: [UInt64]
  /// Scores of 0..<1.
  let scores: [Double]
  let marks: [Bool]

  init(count: Int) {
    var generator = SeededGenerator(seed: 5)
    self.count = count
    documents = (0..<count).map { UInt32(4 * $0) + UInt32.random(in: 0..<4, using: &generator) }
    bitmap = (0..<count / 16).map { _ in generator.next() }
    scores = (0..<count).map { _ in Double.random(in: 0..<1, using: &generator) }
    marks = (0..<count).map { _ in Bool.random(using: &generator) }
  }
}

private func addWherePresentBenchmark(_ sample: SampleCandidates) {
  Benchmark("addWherePresent: candidates") { benchmark in
    var sums = [Double](repeating: 0, count: sample.count)
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: sample.count) { _ in
      addWherePresent(sample.documents, in: sample.bitmap, 0.5, to: &sums, count: sample.count)
    }
    benchmark.stopMeasurement()
    blackHole(sums)
  }
}

private func keepBenchmarks(_ sample: SampleCandidates) {
  // With reaches and marks, what is kept depends on the place alone, so that narrowing again and again decides anew each time.
  Benchmark("keepAbove by reach: candidates") { benchmark in
    var documents = sample.documents
    var scores = [Double](repeating: 0, count: sample.count)
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: sample.count) { _ in
      checksum &+= keepAbove(0.5, reaches: sample.scores, documents: &documents, scores: &scores, count: sample.count)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
  Benchmark("keepMarked: candidates") { benchmark in
    var documents = sample.documents
    var scores = sample.scores
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: sample.count) { _ in
      checksum &+= keepMarked(true, marks: sample.marks, documents: &documents, scores: &scores, count: sample.count)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
  Benchmark("keepAbove by score, with a copy of the scores: candidates") { benchmark in
    var documents = sample.documents
    var scores = sample.scores
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: sample.count) { _ in
      scores.replaceSubrange(0..<sample.count, with: sample.scores)
      checksum &+= keepAbove(0.5, documents: &documents, scores: &scores, count: sample.count)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func appendBenchmark() {
  let documents = SampleBlocks.documents(oneOf: 4)
  let sample = SampleCandidates(count: SampleBlocks.count * SampleBlocks.size)
  Benchmark("appendAbove, one of four: documents") { benchmark in
    var foundDocuments = [UInt32](repeating: 0, count: SampleBlocks.size)
    var foundScores = [Double](repeating: 0, count: SampleBlocks.size)
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      let places = block * SampleBlocks.size..<(block + 1) * SampleBlocks.size
      checksum &+= appendAbove(
        0.75, documents.block(block), sample.scores.span.extracting(places), range: 0..<SampleBlocks.size,
        to: &foundDocuments, &foundScores, count: 0)
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
  }
}

private func selectionBenchmark() {
  let blocks = SampleBlocks.places(inWindowOf: 4_096)
  let bitmap = SampleCandidates(count: 1_024).bitmap
  Benchmark("keepPresent and gather, half are there: documents") { benchmark in
    var places = IntegerBlock.zeros
    var documents = IntegerBlock.zeros
    var checksum = 0
    benchmark.startMeasurement()
    benchmark.forEachBlock(of: SampleBlocks.size) { block in
      let values = blocks.block(block)
      for index in 0..<SampleBlocks.size { places[index] = UInt32(index) }
      let count = keepPresent(values, in: bitmap.span, places: &places, count: SampleBlocks.size)
      gather(values, at: places, count: count, into: &documents)
      checksum &+= count
    }
    benchmark.stopMeasurement()
    blackHole(checksum)
    blackHole(documents[0])
  }
}
