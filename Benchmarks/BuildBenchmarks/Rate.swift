import Benchmark

/// What a step gets done in a second.
enum Rate {
  /// Words.
  static var words: BenchmarkMetric { .custom("Words a second", polarity: .prefersLarger, useScalingFactor: false) }
  /// Bytes of title and text.
  static var bytes: BenchmarkMetric { .custom("Bytes of text a second", polarity: .prefersLarger, useScalingFactor: false) }
}

extension Benchmark {
  /// Measures `body`, which works through all the articles, and reports its rates.
  func measureRates(of articles: SampleArticles, _ body: () throws -> Void) rethrows {
    startMeasurement()
    let start = ContinuousClock.now
    try body()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    stopMeasurement()
    measurement(Rate.words, Int(Double(articles.wordCount) / seconds))
    measurement(Rate.bytes, Int(Double(articles.byteCount) / seconds))
  }
}
