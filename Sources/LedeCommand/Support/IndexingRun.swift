import ArchiveReaders
import SearchAPI

/// One run of indexing: every article of a stream into a backend, in one transaction.
struct IndexingRun {
  /// What came of it.
  private(set) var tally = IndexingTally()
  private var progress = ProgressBar()

  /// Adds the first result and then every other of the stream to the backend and commits them together.
  ///
  /// - Throws: `CancellationError` where the task is cancelled, `SearchError`; nothing is committed then.
  static func run(
    _ first: ReadResult, then stream: ArchiveStream, into backend: any SearchBackend
  ) async throws -> IndexingTally {
    try await backend.write { writer in
      var run = IndexingRun()
      defer { run.progress.clear() }
      try await run.addArticles(first, then: stream, to: writer)
      return run.tally
    }
  }

  private mutating func addArticles(_ first: ReadResult, then stream: ArchiveStream, to writer: any ArticleWriter) async throws {
    var next: ReadResult? = first
    while let result = next {
      try Task.checkCancellation()
      switch result {
      case .article(let article): tally.count(try await writer.add(article), of: article)
      case .skipped(let record): tally.count(record)
      }
      progress.update(articles: tally.seenCount, bytesRead: stream.bytesRead, bytesInAll: stream.totalBytes)
      next = stream.next()
    }
    tally.finish(stream)
  }
}
