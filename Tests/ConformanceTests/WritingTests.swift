import Foundation
import SearchAPI
import Testing

@Suite("Writing")
struct WritingTests {
  private struct Interruption: Error {}

  static let first = Article("a", "ash", title: "One", date: "1987-03", [.source: "Times"], url: "u")

  @Test("An index without articles answers everything with nothing", arguments: BackendFactory.all)
  func empty(factory: BackendFactory) async throws {
    try await factory.withIndex { backend async throws in
      for query in [
        Query.everything, .word("ash"), .not(.word("ash")), .words("ash fir"), .date(DateRange()), .and([]),
        .or([.word("ash"), .everything]),
      ] {
        for order in ResultOrder.allCases {
          let response = try await backend.search(SearchRequest(query, order: order, countsMatches: true))
          #expect(response == SearchResponse(hits: [], matchCount: 0))
        }
      }
      #expect(try await backend.article(id: "a") == nil)
      let statistics = try await backend.statistics()
      #expect((statistics.articleCount, statistics.wordCount, statistics.distinctWordCount) == (0, 0, 0))
      #expect(statistics.dates == nil)
      #expect(try await backend.verify().problems.isEmpty)
      try await backend.write { _ in }
      #expect(try await backend.ids(.everything) == [])
    }
  }

  @Test("An article that is there already, with the same content, is left alone", arguments: BackendFactory.all)
  func unchanged(factory: BackendFactory) async throws {
    try await factory.withIndex { backend async throws in
      var fromElsewhere = Self.first
      fromElsewhere.origin = "elsewhere"
      try await backend.write { writer async throws in
        #expect(try await writer.add(Self.first) == .added)
        #expect(try await writer.add(Self.first) == .unchanged)
        #expect(try await writer.add(fromElsewhere) == .unchanged)
      }
      try await backend.write { writer async throws in
        #expect(try await writer.add(fromElsewhere) == .unchanged)
      }
      #expect(try await backend.article(id: "a") == Self.first)
      #expect(try await backend.ids(.everything) == ["a"])
      #expect(try await backend.scores(.word("ash")).count == 1)
    }
  }

  @Test("An empty id and a text over 16 MiB are refused, and the rest goes on", arguments: BackendFactory.all)
  func refusals(factory: BackendFactory) async throws {
    try await factory.withIndex { backend async throws in
      func isRefused(_ outcome: AdditionOutcome) -> Bool {
        if case .refused(let reason) = outcome { !reason.isEmpty } else { false }
      }
      let limit = 16 << 20
      try await backend.write { writer async throws in
        #expect(isRefused(try await writer.add(Article("", "ash"))))
        #expect(isRefused(try await writer.add(Article("long", String(repeating: " ", count: limit + 1)))))
        #expect(isRefused(try await writer.add(Article("long", String(repeating: " ", count: limit), title: "x"))))
        #expect(try await writer.add(Article("limit", String(repeating: " ", count: limit - 1), title: "x")) == .added)
        #expect(try await writer.add(Article("after", "ash")) == .added)
      }
      #expect(try await backend.matches(.everything) == ["after", "limit"])
      #expect(try await backend.article(id: "limit")?.body.utf8.count == limit - 1)
    }
  }

  @Test("A transaction that throws leaves nothing behind", arguments: BackendFactory.all)
  func allOrNothing(factory: BackendFactory) async throws {
    try await factory.withIndex(of: [Self.first]) { backend async throws in
      await #expect(throws: Interruption.self) {
        try await backend.write { writer async throws in
          for number in 0..<50 { _ = try await writer.add(Article("x\(number)", "ash fir")) }
          throw Interruption()
        }
      }
      #expect(try await backend.ids(.everything) == ["a"])
      #expect(try await backend.matches(.word("fir")) == [])
      #expect(try await backend.statistics().wordCount == 2)
      #expect(try await backend.article(id: "x1") == nil)
      try await backend.write { writer async throws in
        #expect(try await writer.add(Article("x1", "fir")) == .added)
      }
      #expect(try await backend.matches(.word("fir")) == ["x1"])
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test("A search sees nothing of a transaction under way", arguments: BackendFactory.all)
  func isolation(factory: BackendFactory) async throws {
    try await factory.withIndex(of: [Self.first]) { backend async throws in
      let before = try await backend.scores(.word("ash"))
      let result = try await backend.write { writer async throws in
        for number in 0..<100 { _ = try await writer.add(Article("x\(number)", "ash")) }
        #expect(try await backend.scores(.word("ash")) == before)
        #expect(try await backend.statistics().articleCount == 1)
        return 42
      }
      #expect(result == 42)
      #expect(try await backend.ids(.word("ash")).count == 101)
    }
  }

  @Test("Transactions from several tasks run one after the other", arguments: BackendFactory.all)
  func concurrentWriters(factory: BackendFactory) async throws {
    try await factory.withIndex { backend async throws in
      try await withThrowingTaskGroup(of: [AdditionOutcome].self) { group in
        for task in 0..<4 {
          group.addTask {
            try await backend.write { writer async throws in
              var outcomes: [AdditionOutcome] = []
              for number in 0..<20 {
                outcomes.append(try await writer.add(Article("shared\(number)", "ash", title: "Same")))
                outcomes.append(try await writer.add(Article("own\(task)-\(number)", "ash")))
                await Task.yield()
              }
              return outcomes
            }
          }
        }
        var outcomes: [AdditionOutcome] = []
        for try await some in group { outcomes += some }
        #expect(outcomes.count { $0 == .added } == 100)
        #expect(outcomes.count { $0 == .unchanged } == 60)
      }
      #expect(try await backend.ids(.word("ash")).count == 100)
    }
  }

  @Test("Articles added in many transactions are searched as one archive", arguments: BackendFactory.all)
  func manyTransactions(factory: BackendFactory) async throws {
    var generator = ArchiveGenerator(seed: 3, articleCount: 120)
    try await factory.withIndex(of: generator.articles) { whole async throws in
      try await factory.withIndex { pieces async throws in
        for article in generator.articles { try await pieces.addAll([article]) }
        for _ in 0..<40 {
          let request = generator.request()
          #expect(try await pieces.search(request) == (try await whole.search(request)), "\(request)")
        }
        #expect(try await pieces.statistics().wordCount == (try await whole.statistics().wordCount))
      }
    }
  }

  @Test("What was committed is there after re-opening", arguments: BackendFactory.persistent, [true, false])
  func persistence(factory: BackendFactory, storesText: Bool) async throws {
    try await withTemporaryFolder { folder async throws in
      let path = folder + "/index"
      var generator = ArchiveGenerator(seed: 5, articleCount: 200)
      let requests = (0..<40).map { _ in generator.request() }
      var expected: [SearchResponse] = []
      do {
        let backend = try await factory.create(path, storesText)
        try await backend.addAll(generator.articles)
        for request in requests { expected.append(try await backend.search(request)) }
      }
      let open = try #require(factory.open)
      for _ in 0..<2 {
        let backend = try await open(path)
        for (request, response) in zip(requests, expected) {
          #expect(try await backend.search(request) == response, "\(request)")
        }
        #expect(try await backend.statistics().storesText == storesText)
        #expect(try await backend.verify().problems.isEmpty)
      }
      let backend = try await open(path)
      try await backend.addAll([Article("later", "unheard of")])
      #expect(try await open(path).matches(.word("unheard")) == ["later"])
    }
  }

  @Test("An index without stored text finds the same and gives no bodies back", arguments: BackendFactory.all)
  func withoutText(factory: BackendFactory) async throws {
    var generator = ArchiveGenerator(seed: 9, articleCount: 150)
    let requests = (0..<30).map { _ in
      var request = generator.request()
      request.passageLength = nil
      return request
    }
    try await factory.withIndex(of: generator.articles) { full async throws in
      try await factory.withIndex(of: generator.articles, storesText: false) { bare async throws in
        for request in requests { #expect(try await bare.search(request) == (try await full.search(request)), "\(request)") }
        let article = try #require(generator.articles.first { !$0.body.isEmpty })
        var withoutBody = article
        withoutBody.body = ""
        #expect(try await bare.article(id: article.id) == withoutBody)
        #expect(try await bare.search(SearchRequest(.everything, limit: 1, passageLength: 50)).hits.first?.passage == nil)
        #expect(try await bare.statistics().storesText == false)
        try await bare.write { writer async throws in
          #expect(try await writer.add(article) == .unchanged)
        }
        #expect(try await bare.verify().problems.isEmpty)
      }
    }
  }

  @Test(
    "Making an index where one is, or opening one where none is, is an error that says so", arguments: BackendFactory.persistent)
  func openingErrors(factory: BackendFactory) async throws {
    let open = try #require(factory.open)
    try await withTemporaryFolder { folder async throws in
      await #expect(throws: SearchError.noIndex(path: folder + "/index")) { _ = try await open(folder + "/index") }
      _ = try await factory.create(folder + "/index", true)
      await #expect(throws: SearchError.self) { _ = try await factory.create(folder + "/index", true) }
      let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/index")
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/index") {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/index/" + name)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
      }
    }
  }
}
