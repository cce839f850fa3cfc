import Benchmark

/// The steps of building an index, one by one, in memory: text to tokens, tokens to occurrences, occurrences to a segment, segments
/// to one.
let benchmarks: @Sendable () -> Void = {
  unsafe Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, Rate.words, Rate.bytes], timeUnits: .milliseconds, units: [Rate.words: .kilo, Rate.bytes: .kilo],
    warmupIterations: 1, maxDuration: .seconds(5))
  analyzerBenchmarks()
  segmentBenchmarks()
  mergeBenchmarks()
}
