import SearchAPI
import Testing

@Suite("Order, offset and limit")
struct OrderTests {
  static let articles = [
    Article("u2", "ash"), Article("u1", "ash"), Article("old", "ash", date: "1896"), Article("day-b", "ash", date: "1987-03-09"),
    Article("day-a", "ash", date: "1987-03-09"), Article("second", "ash", date: "1987-03-09T00:00:01Z"),
    Article("month", "ash", date: "1987-03"),
    Article("double", "ash ash", date: "1900-01-01"), Article("before", "ash", date: "1969-12-31"),
    Article("year", "ash", date: "1987"),
    Article("midnight", "ash", date: "1987-03-09T00:00:00Z"),
  ]
  static let newest = ["second", "day-a", "day-b", "midnight", "month", "year", "before", "double", "old", "u1", "u2"]

  @Test("Ties come newest first, undated last, and then by id", arguments: BackendFactory.all)
  func ties(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let expected = ["double"] + Self.newest.filter { $0 != "double" }
      #expect(try await backend.ids(.word("ash"), .relevance, BM25Parameters(b: 0)) == expected)
      #expect(try await backend.ids(.everything) == Self.newest)
      #expect(try await backend.ids(.boosted(.word("ash"), by: 0)) == Self.newest)
      #expect(try await backend.ids(.not(.word("absent"))) == Self.newest)
      #expect(try await backend.ids(.date(DateRange())) == Self.newest.filter { !$0.hasPrefix("u") })
    }
  }

  @Test("Newest and oldest order by the first moment, undated last in both", arguments: BackendFactory.all)
  func chronological(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let oldest = ["old", "double", "before", "year", "month", "day-a", "day-b", "midnight", "second", "u1", "u2"]
      for query in [Query.word("ash"), .everything, .not(.nothing), .required(.everything, optional: [.word("ash")])] {
        #expect(try await backend.ids(query, .newest) == Self.newest)
        #expect(try await backend.ids(query, .oldest) == oldest)
      }
      let hits = try await backend.search(SearchRequest(.word("ash"), limit: 100, order: .oldest, scoring: BM25Parameters(b: 0)))
        .hits
      let scores = Dictionary(uniqueKeysWithValues: hits.map { ($0.id, $0.score) })
      #expect(scores == (try await backend.scores(.word("ash"), BM25Parameters(b: 0))))
    }
  }

  @Test("Ids are compared by their UTF-8 bytes", arguments: BackendFactory.all)
  func idOrder(factory: BackendFactory) async throws {
    let ids = [
      "a", "B", "Z", "aa", "a b", "é", "e\u{301}", "ž", "日本", "😀", "a\u{0}", "a\u{0}b", "~", " ", "'", "\"", "\u{FFFD}",
      "\u{FB01}", "10", "9", "ab/c#2",
    ]
    let expected = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try await factory.withIndex(of: ids.map { Article($0, "ash", date: "1987") }) { backend async throws in
      for order in ResultOrder.allCases {
        let found = try await backend.ids(.word("ash"), order)
        #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(order)")
      }
      for id in ids { #expect((try await backend.article(id: id)?.id).map { Array($0.utf8) } == Array(id.utf8)) }
      #expect(try await backend.article(id: "") == nil)
      #expect(try await backend.article(id: "A") == nil)
    }
  }

  @Test("Offset and limit cut the same ordered list, whatever their size", arguments: BackendFactory.all)
  func window(factory: BackendFactory) async throws {
    var random = SeededGenerator(seed: 11)
    let articles = (0..<120).map { number in
      Article(
        "\(number)", String(repeating: "ash ", count: Int.random(in: 1...3, using: &random)),
        date: Bool.random(using: &random) ? "19\(Int.random(in: 10...15, using: &random))" : nil)
    }
    try await factory.withIndex(of: articles) { backend async throws in
      for order in ResultOrder.allCases {
        for query in [Query.word("ash"), .not(.word("fir"))] {
          let all = try await backend.ids(query, order)
          #expect(all.count == 120)
          for offset in [0, 1, 9, 60, 119, 120, 121, 5_000, Int.max] {
            for limit in [0, 1, 2, 10, 59, 120, 1_000, Int.max] {
              let response = try await backend.search(
                SearchRequest(query, limit: limit, offset: offset, order: order, countsMatches: limit.isMultiple(of: 2)))
              #expect(response.hits.map(\.id) == Array(all.dropFirst(offset).prefix(limit)), "offset \(offset), limit \(limit)")
              #expect(response.matchCount == (limit.isMultiple(of: 2) ? 120 : nil))
            }
          }
        }
      }
    }
  }

  @Test("Few matches among many articles, and thousands of ties, come in the same order", arguments: BackendFactory.all)
  func fewAndMany(factory: BackendFactory) async throws {
    var random = SeededGenerator(seed: 13)
    let articles = (0..<3_500).map { number in
      let date = random.happens(0.2) ? nil : "19\(Int.random(in: 10...99, using: &random))"
      return Article(
        "\(number)", number.isMultiple(of: 300) ? "ash rare" : random.happens(0.01) ? "ash ash" : "ash fir", date: date)
    }
    func precedes(_ left: Article, _ right: Article, oldestFirst: Bool = false) -> Bool {
      let undated = oldestFirst ? Int64.max : .min
      let (mine, theirs) = (left.date?.sortKey ?? undated, right.date?.sortKey ?? undated)
      return mine == theirs ? left.id < right.id : oldestFirst ? mine < theirs : mine > theirs
    }
    try await factory.withIndex(of: articles) { backend async throws in
      for (word, matching) in [
        ("rare", articles.filter { $0.body == "ash rare" }), ("fir", articles.filter { $0.body == "ash fir" }),
      ] {
        let newest = matching.sorted { precedes($0, $1) }.map(\.id)
        let oldest = matching.sorted { precedes($0, $1, oldestFirst: true) }.map(\.id)
        #expect(try await backend.ids(.word(word), .newest) == Array(newest.prefix(1_000)))
        #expect(try await backend.ids(.word(word), .oldest) == Array(oldest.prefix(1_000)))
        #expect(
          try await backend.search(SearchRequest(.word(word), limit: 5, offset: 5)).hits.map(\.id)
            == Array(newest.dropFirst(5).prefix(5)))
      }
      let doubled = articles.filter { $0.body == "ash ash" }.sorted { precedes($0, $1) }
      let others = articles.filter { $0.body != "ash ash" }.sorted { precedes($0, $1) }
      let expected = (doubled + others).map(\.id)
      for limit in [1, doubled.count, doubled.count + 3, 400] {
        #expect(
          try await backend.search(SearchRequest(.word("ash"), limit: limit)).hits.map(\.id) == Array(expected.prefix(limit)),
          "\(limit)")
      }
    }
  }

  @Test("A request that contradicts itself is refused", arguments: BackendFactory.all)
  func invalidRequests(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let ash = Query.word("ash")
      let requests = [
        SearchRequest(ash, limit: -1), SearchRequest(ash, offset: -1), SearchRequest(ash, scoring: BM25Parameters(k1: -0.1)),
        SearchRequest(ash, scoring: BM25Parameters(k1: .nan)), SearchRequest(ash, scoring: BM25Parameters(k1: .infinity)),
        SearchRequest(ash, scoring: BM25Parameters(b: 1.01)), SearchRequest(ash, scoring: BM25Parameters(b: -0.01)),
        SearchRequest(ash, scoring: BM25Parameters(b: .nan)),
        SearchRequest(ash, scoring: BM25Parameters(fieldWeights: [.title: -1])),
        SearchRequest(ash, scoring: BM25Parameters(fieldWeights: [.body: .infinity])), SearchRequest(.boosted(ash, by: -1)),
        SearchRequest(.boosted(ash, by: .nan)), SearchRequest(.not(.boosted(ash, by: .infinity))),
        SearchRequest(.boosted(.boosted(ash, by: 1e200), by: 1e200)),
        SearchRequest(.boosted(.boosted(.boosted(ash, by: 0), by: 1e200), by: 1e200)),
      ]
      for (number, request) in requests.enumerated() {
        let error = await #expect(throws: SearchError.self, "request \(number)") { try await backend.search(request) }
        guard case .invalidRequest? = error else {
          Issue.record("request \(number): \(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test("A hit carries what the article says", arguments: BackendFactory.all)
  func hitContents(factory: BackendFactory) async throws {
    let article = Article(
      "x", "ash", title: "Ash  Wednesday\t", date: "1987-03-09T14:05:30Z",
      [.source: " The TIMES", .language: "en-GB", .author: ""], url: "https://example.org/a?b=c")
    try await factory.withIndex(of: [article]) { backend async throws in
      let hit = try #require(try await backend.search(SearchRequest(.word("ash"))).hits.first)
      #expect(hit.title == MarkedText(article.title))
      #expect((hit.date, hit.keywords, hit.url) == (article.date, article.keywords, article.url))
      #expect(hit.passage == nil)
      #expect(try await backend.article(id: "x") == article)
    }
  }
}
