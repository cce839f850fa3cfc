import Benchmark
import InvertedIndex
import SearchAPI

/// Tokens to a segment in memory.
func segmentBenchmarks() {
  gatherBenchmark("gather occurrences", storesText: false)
  gatherBenchmark("gather occurrences and store texts", storesText: true)
  flushBenchmark()
}

private func gatherBenchmark(_ name: String, storesText: Bool) {
  Benchmark(name) { benchmark, sample in
    let builder = try SampleIndex.makeBuilder(storesText: storesText)
    try benchmark.measureRates(of: sample) {
      for article in sample.articles { try builder.add(article) }
    }
    blackHole(builder.byteCount)
    builder.abandon()
  } setup: {
    try await SampleArticles.read()
  }
}

private func flushBenchmark() {
  Benchmark("write a segment") { benchmark, sample in
    let builder = try SampleIndex.makeBuilder(storesText: true)
    var identities = ArticleIdentities()
    for article in sample.articles {
      identities.append(id: article.article.id, contentHash: UInt64(article.byteCount))
      try builder.add(article)
    }
    try benchmark.measureRates(of: sample) { blackHole(try builder.flush(identities).byteCount) }
  } setup: {
    try await SampleArticles.read()
  }
}
