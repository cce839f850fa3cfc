import BenchmarkSupport
import SearchAPI

/// The articles of the archive as far as they are needed, with their tokens.
struct SampleArticles {
  /// The bytes of title and text after which no more articles are taken.
  static let enough = 64 << 20

  private(set) var articles: [AnalyzedArticle] = []
  private(set) var wordCount = 0
  private(set) var byteCount = 0

  /// Reads and analyzes the articles.
  static func read() async throws -> SampleArticles {
    var sample = SampleArticles()
    try await BenchmarkArchive().forEachArticle { article in
      let analyzed = AnalyzedArticle(article)
      sample.articles.append(analyzed)
      sample.wordCount += analyzed.wordCount
      sample.byteCount += analyzed.byteCount
      return sample.byteCount < enough
    }
    return sample
  }
}
