import ArchiveReaders
import SearchAPI

/// One run of indexing: every article of a stream into a backend, in one transaction.
struct IndexingRun {
  /// What came of it.
  private(set) var tally = IndexingTally()
  private var progress = ProgressBar()

  /// Adds every article of the stream to the backend and commits them together.
  ///
  /// - Throws: `CancellationError` where the task is cancelled, `SearchError`; nothing is committed then.
  static func run(_ stream: ArchiveStream, into backend: any SearchBackend) async throws -> IndexingTally {
    try await backend.write { writer in
      var run = IndexingRun()
      defer { run.progress.clear() }
      try await run.addArticles(of: stream, to: writer)
      return run.tally
    }
  }

  private mutating func addArticles(of stream: ArchiveStream, to writer: any ArticleWriter) async throws {
    while let result = stream.next() {
      try Task.checkCancellation()
      switch result {
      case .article(let article): tally.count(try await writer.add(article), of: article)
      case .skipped(let record): tally.count(record)
      }
      progress.update(articles: tally.seenCount, bytesRead: stream.bytesRead, bytesInAll: stream.totalBytes)
    }
    tally.finish(stream)
  }
}
