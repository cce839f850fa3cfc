import Foundation
import SearchAPI
import Testing

@Suite("Compacting")
struct CompactionTests {
  private static func articles(_ seed: UInt64) -> ArchiveGenerator { ArchiveGenerator(seed: seed, articleCount: 240) }

  private func addInParts(_ articles: [Article], to backend: any SearchBackend) async throws {
    for start in stride(from: 0, to: articles.count, by: 60) {
      try await backend.addAll(Array(articles[start..<min(start + 60, articles.count)]))
    }
  }

  @Test(
    "Answers and scores are the same before and after, and those of an index that never held what was deleted",
    arguments: BackendFactory.all, [true, false])
  func sameAnswers(factory: BackendFactory, storesText: Bool) async throws {
    var generator = Self.articles(41)
    var requests = (0..<Extent.queryCount).map { _ in generator.request() }
    if !storesText { for index in requests.indices { requests[index].passageLength = nil } }
    let articles = generator.articles
    try await factory.withIndex(storesText: storesText) { backend async throws in
      try await addInParts(articles, to: backend)
      var before: [SearchResponse] = []
      for request in requests { before.append(try await backend.search(request)) }
      let first = try await backend.compact()
      #expect(first.droppedArticleCount == 0)
      for (request, response) in zip(requests, before) {
        #expect(difference(try await backend.search(request), response) == nil, "\(request)")
      }

      let doomed = Set(articles.prefix(80).map(\.id))
      try await backend.write { writer in _ = try await writer.delete { doomed.contains($0) } }
      let second = try await backend.compact()
      #expect([0, 80].contains(second.droppedArticleCount))
      #expect(second.segmentCount.after == 1)
      #expect(try await backend.statistics().segmentCount == 1)
      #expect(try await backend.verify().problems.isEmpty)
      try await factory.withIndex(of: Array(articles.dropFirst(80)), storesText: storesText) { fresh async throws in
        for request in requests {
          #expect(difference(try await backend.search(request), try await fresh.search(request)) == nil, "\(request)")
        }
        // Different words are counted by segment, so that there must be one.
        _ = try await fresh.compact()
        let (compacted, built) = (try await backend.statistics(), try await fresh.statistics())
        #expect(compacted.articleCount == built.articleCount && compacted.wordCount == built.wordCount)
        #expect(compacted.distinctWordCount == built.distinctWordCount && compacted.dates == built.dates)
      }

      // Compacting is no end: the index takes more.
      #expect(try await backend.write { try await $0.add(articles[0]) } == .added)
      #expect(try await backend.article(id: articles[0].id)?.title == articles[0].title)
    }
  }

  @Test("The room of what was deleted is given back at once, also of all articles", arguments: BackendFactory.persistent)
  func space(factory: BackendFactory) async throws {
    func size(_ folder: String) throws -> Int {
      try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(0) { sum, name in
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
        return sum + ((attributes[.size] as? NSNumber)?.intValue ?? 0)
      }
    }
    try await withTemporaryFolder { folder async throws in
      let articles = Self.articles(42).articles
      let filler = (0..<2_000).map { Article("filler \($0)", "Nothing of note, number \($0), and words \($0 * 7) besides.") }
      let backend = try await factory.create(folder + "/index", true)
      try await addInParts(articles, to: backend)
      try await backend.addAll(filler)
      let full = try size(folder)
      _ = try await backend.write { writer in try await writer.delete { $0.hasPrefix("filler") } }
      let report = try await backend.compact()
      let compact = try size(folder)
      #expect(report.byteCount.after < report.byteCount.before)
      #expect(abs(report.byteCount.after - compact) < 64 << 10)
      let fresh = try await factory.create(folder + "/fresh", true)
      try await fresh.addAll(articles)
      _ = try await fresh.compact()
      let least = try size(folder + "/fresh")
      #expect(compact < full / 2 && compact < least * 5 / 4, "\(full) bytes, then \(compact), where \(least) are needed")
      #expect(try await factory.open!(folder + "/index").ids(.everything).count == articles.count)

      _ = try await backend.write { writer in try await writer.delete { _ in true } }
      _ = try await backend.compact()
      #expect(try await backend.statistics().articleCount == 0)
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test(
    "A search under way keeps its answers, and an index that is empty or compact already stays as it is",
    arguments: BackendFactory.all)
  func quietCases(factory: BackendFactory) async throws {
    try await factory.withIndex { backend async throws in
      _ = try await backend.compact()
      #expect(try await backend.ids(.everything).isEmpty)
      try await backend.addAll([Article("a", "ash"), Article("b", "ash birch")])
      _ = try await backend.compact()
      let again = try await backend.compact()
      #expect(again.droppedArticleCount == 0 && again.segmentCount == .init(from: 1, to: 1))
      #expect(again.byteCount.before == again.byteCount.after)
      async let compaction = backend.compact()
      for _ in 0..<20 { #expect(try await backend.matches(.word("ash")) == ["a", "b"]) }
      _ = try await compaction
    }
  }

  @Test("While another writes, compacting is refused as locked and changes nothing", arguments: BackendFactory.persistent)
  func locked(factory: BackendFactory) async throws {
    try await withTemporaryFolder { folder async throws in
      let first = try await factory.create(folder + "/index", true)
      let second = try await factory.open!(folder + "/index")
      try await first.write { writer async throws in
        _ = try await writer.add(Article("a", "ash"))
        await #expect(throws: SearchError.locked(path: folder + "/index")) { try await second.compact() }
      }
      #expect(try await first.ids(.everything) == ["a"])
    }
  }
}
