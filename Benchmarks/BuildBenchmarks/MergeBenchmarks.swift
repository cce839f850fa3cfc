import Benchmark
import IndexStorage
import InvertedIndex

/// Segments to one, from memory to memory.
func mergeBenchmarks() {
  let segmentCount = 8
  Benchmark("merge \(segmentCount) segments") { (benchmark: Benchmark, state: MergeState) in
    try benchmark.measureRates(of: state.sample) {
      let merger = SegmentMerger(
        state.snapshot.segments, directory: MemoryDirectory(), indexID: SampleIndex.id, segmentID: 1_000,
        schema: SampleIndex.schema(storesText: true), memoryByteCount: SampleIndex.memoryByteCount)
      blackHole(try merger.merge().byteCount)
    }
  } setup: {
    let sample = try await SampleArticles.read()
    return MergeState(sample: sample, snapshot: try SampleIndex.make(sample.articles, segmentCount: segmentCount))
  }
}

/// The articles, and an index that has them in several segments.
private struct MergeState {
  let sample: SampleArticles
  let snapshot: IndexSnapshot
}
