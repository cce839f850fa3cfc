import ArchiveReaders
import SearchAPI

/// One run of indexing: every article of a stream into a backend, in one transaction.
struct IndexingRun {
  /// What came of it.
  private(set) var tally = IndexingTally()
  private var progress = ProgressBar()
  /// The ids of the articles seen, in bytes, because `==` of strings calls different ids equal; nil where nobody will ask.
  private var seenIDs: Set<[UInt8]>?

  /// Adds the first result and then every other of the stream to the backend, and commits them together.
  ///
  /// With `prunes`, articles that the run did not see are deleted in the same transaction, unless anything was skipped: what could
  /// not be read today may be the articles that would go.
  ///
  /// - Throws: `CancellationError` where the task is cancelled, `SearchError`; nothing is committed then.
  static func run(
    _ first: ReadResult, then stream: ArchiveStream, into backend: any SearchBackend, prunes: Bool = false
  ) async throws -> IndexingTally {
    try await backend.write { writer in
      var run = IndexingRun()
      defer { run.progress.clear() }
      if prunes { run.seenIDs = [] }
      try await run.addArticles(first, then: stream, to: writer)
      try await run.prune(writer)
      return run.tally
    }
  }

  private mutating func addArticles(_ first: ReadResult, then stream: ArchiveStream, to writer: any ArticleWriter) async throws {
    var next: ReadResult? = first
    while let result = next {
      try Task.checkCancellation()
      switch result {
      case .article(let article):
        tally.count(try await writer.add(article), of: article)
        seenIDs?.insert(Array(article.id.utf8))
      case .skipped(let record): tally.count(record)
      }
      progress.update(articles: tally.seenCount, bytesRead: stream.bytesRead, bytesInAll: stream.totalBytes)
      next = stream.next()
    }
    tally.finish(stream)
  }

  private mutating func prune(_ writer: any ArticleWriter) async throws {
    guard let seenIDs, tally.skippedCount == 0 else { return }
    try Task.checkCancellation()
    tally.prunedCount = try await writer.delete { !seenIDs.contains(Array($0.utf8)) }
  }
}
