import Benchmark

/// Queries by class. An iteration is one query; those of a class take turns, so that percentiles are over queries.
let benchmarks: @Sendable () -> Void = {
  unsafe Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock], timeUnits: .nanoseconds, warmupIterations: 3 * QueryClass.queryCount, maxDuration: .seconds(2),
    maxIterations: 20_000)
  for queryClass in QueryClass.all { searchBenchmark(queryClass) }
  resultPageBenchmark()
}
