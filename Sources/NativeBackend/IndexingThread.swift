import IndexStorage
import InvertedIndex

/// What one thread of an ``IndexingCrew`` builds with. The crew hands it to one job at a time, and leaves it alone meanwhile.
@safe final class IndexingThread: @unchecked Sendable {
  private var indexer = ArticleIndexer()
  /// The segment it gathers; nil before the first article and after each flush.
  var builder: SegmentBuilder?

  /// Indexes those articles of a batch that stand at `places`; returns the error that stopped it.
  func add(_ batch: ArticleBatch, at places: [Int]) -> StorageError? {
    guard let builder else { return nil }
    do throws(StorageError) {
      for place in places {
        indexer.analyze(batch.articles[place])
        try indexer.add(batch.articles[place], to: builder)
      }
      return nil
    } catch { return error }
  }
}
