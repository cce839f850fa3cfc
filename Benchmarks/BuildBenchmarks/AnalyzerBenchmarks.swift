import Benchmark
import SearchAPI
import TextAnalysis

/// Text to tokens.
func analyzerBenchmarks() {
  Benchmark("analyze") { benchmark, sample in
    var tokens = TokenBatch()
    var tokenCount = 0
    benchmark.measureRates(of: sample) {
      for analyzed in sample.articles {
        tokens.removeAll()
        Analyzer().analyze(analyzed.article.title, into: &tokens)
        Analyzer().analyze(analyzed.article.body, into: &tokens)
        tokenCount += tokens.count
      }
    }
    blackHole(tokenCount)
  } setup: {
    try await SampleArticles.read()
  }
}
