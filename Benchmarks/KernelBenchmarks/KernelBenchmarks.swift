import Benchmark

/// The loops of `BitKernels` on blocks that do not change from run to run. Throughput is in what the name says: values, documents,
/// positions or searches a second.
let benchmarks: @Sendable () -> Void = {
  unsafe Benchmark.defaultConfiguration = .init(
    metrics: [.throughput], units: [.throughput: .count], warmupIterations: 10, scalingFactor: .mega, maxDuration: .seconds(1),
    maxIterations: 100_000)
  packingBenchmarks()
  gapBenchmarks()
  blockSearchBenchmarks()
  blockScoringBenchmarks()
  bitmapBenchmarks()
  candidateBenchmarks()
  denseCellsBenchmarks()
  riceBenchmarks()
  phraseBenchmarks()
  termHashBenchmarks()
}
