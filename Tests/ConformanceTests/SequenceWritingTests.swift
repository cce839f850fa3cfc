import SearchAPI
import Testing

@Suite("Writing sequences of articles")
struct SequenceWritingTests {
  private struct Broken: Error {}

  /// Articles as they come in, one at a time; after the last one the stream fails, where it is to.
  private func stream(_ articles: [Article], failing: Bool = false) -> AsyncThrowingStream<Article, any Error> {
    var rest = articles[...]
    return AsyncThrowingStream {
      if let next = rest.popFirst() { return next }
      if failing { throw Broken() }
      return nil
    }
  }

  @Test("The tally says what became of each article", arguments: BackendFactory.all)
  func tally(factory: BackendFactory) async throws {
    try await factory.withIndex(of: [Article("a", "ash"), Article("b", "birch")]) { backend async throws in
      let articles = [
        Article("a", "ash"), Article("b", "beech"), Article("c", "cedar"), Article("", "nobody"), Article("d", "fir"),
      ]
      let tally = try await backend.write { writer in try await writer.add(contentsOf: stream(articles)) }
      #expect(tally.addedCount == 2 && tally.replacedCount == 1 && tally.unchangedCount == 1 && tally.refusedCount == 1)
      #expect(tally.refusals.map(\.id) == [""])
      #expect(try await backend.matches(.everything) == ["a", "b", "c", "d"])
      let again = try await backend.write { writer in try await writer.add(contentsOf: articles) }
      #expect(again.unchangedCount == 4 && again.refusedCount == 1 && again.addedCount == 0)
    }
  }

  @Test("A sequence that fails leaves the last commit", arguments: BackendFactory.all)
  func failure(factory: BackendFactory) async throws {
    try await factory.withIndex(of: [Article("a", "ash")]) { backend async throws in
      await #expect(throws: Broken.self) {
        try await backend.write { writer in
          try await writer.add(contentsOf: stream([Article("b", "birch"), Article("a", "fir")], failing: true))
        }
      }
      #expect(try await backend.matches(.everything) == ["a"])
      #expect(try await backend.matches(.word("ash")) == ["a"])
    }
  }

  @Test(
    "A cancelled task leaves the last commit, also where the sequence only ends early, and the index takes more",
    arguments: BackendFactory.all, [false, true])
  func cancellation(factory: BackendFactory, endsQuietly: Bool) async throws {
    try await factory.withIndex(of: [Article("a", "ash")]) { backend async throws in
      let (articles, input) = AsyncStream.makeStream(of: Article.self)
      let (taken, signal) = AsyncStream.makeStream(of: Void.self)
      let task = Task {
        try await backend.write { writer in
          try await writer.add(
            contentsOf: articles.map { article in
              signal.yield()
              return article
            })
        }
      }
      for number in 0..<5 { input.yield(Article("b\(number)", "birch")) }
      var takenCount = 0
      for await _ in taken {
        takenCount += 1
        if takenCount == 5 { break }
      }
      // The stream is empty now: the task waits for it, and cancelling ends the stream without an error.
      task.cancel()
      if !endsQuietly { input.yield(Article("late", "birch")) }
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      #expect(try await backend.matches(.everything) == ["a"])
      try await backend.addAll([Article("c", "cedar")])
      #expect(try await backend.matches(.everything) == ["a", "c"])
    }
  }
}
