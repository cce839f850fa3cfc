extension ArticleWriter {
  /// Adds the articles of a sequence that delivers them over time, such as one that reads them from a network or parses them.
  ///
  ///     let tally = try await archive.write { writer in try await writer.add(contentsOf: articles) }
  ///
  /// Memory does not grow with the sequence: the next article is asked for when the one before was taken.
  ///
  /// Errors: those of ``add(_:)``, and whatever the sequence throws. `CancellationError` where the task is cancelled, also where the
  /// sequence then ends without an error, as `AsyncStream` does: half an archive is not committed for a whole one.
  public func add<Articles: AsyncSequence>(contentsOf articles: Articles) async throws -> AdditionTally
  where Articles.Element == Article {
    var tally = AdditionTally()
    for try await article in articles {
      try Task.checkCancellation()
      tally.count(try await add(article), of: article)
    }
    try Task.checkCancellation()
    return tally
  }

  /// Adds the articles of a sequence.
  ///
  /// Errors: those of ``add(_:)``; `CancellationError` where the task is cancelled.
  public func add<Articles: Sequence>(contentsOf articles: Articles) async throws -> AdditionTally
  where Articles.Element == Article {
    var tally = AdditionTally()
    for article in articles {
      try Task.checkCancellation()
      tally.count(try await add(article), of: article)
    }
    return tally
  }
}
