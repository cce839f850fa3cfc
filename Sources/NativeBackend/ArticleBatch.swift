import InvertedIndex
import SearchAPI

/// Articles that are handed to a thread together.
struct ArticleBatch: Sendable {
  private(set) var articles: [Article] = []
  /// Who they are; those that were deleted again are not to be indexed.
  private(set) var identities = ArticleIdentities()
  /// About the bytes of their text.
  private(set) var byteCount = 0

  mutating func append(_ article: Article, contentHash: UInt64) {
    articles.append(article)
    identities.append(id: article.id, contentHash: contentHash)
    byteCount += article.title.utf8.count + article.body.utf8.count
  }

  mutating func delete(id: String) -> Bool { identities.delete(id: id) }
}
