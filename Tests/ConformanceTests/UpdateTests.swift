import SearchAPI
import Testing

@Suite("Replacing and deleting")
struct UpdateTests {
  private struct Interruption: Error {}

  private static let articles = [
    Article("a", "ash fir", title: "One", date: "1987-03", [.source: "Times"], url: "u"),
    Article("b", "ash oak", title: "Two", date: "1986", [.source: "Mail"]),
    Article("c", "fir elm", date: "1988-01-01", [.source: "Times", .section: "Trees"]),
    Article("d", "oak oak oak"),
  ]

  // MARK: - Replacing

  @Test("Any other content replaces an article, in the same transaction and in a later one", arguments: BackendFactory.all)
  func everyDifferenceReplaces(factory: BackendFactory) async throws {
    let first = Self.articles[0]
    func altered(_ change: (inout Article) -> Void) -> Article {
      var article = first
      change(&article)
      return article
    }
    let others = [
      altered { $0.title = "Two" }, altered { $0.body = "fir" }, altered { $0.date = nil },
      altered { $0.date = ArticleDate("1987-03-01") }, altered { $0.keywords[.source] = "times" }, altered { $0.keywords = [:] },
      altered { $0.keywords[.section] = "" }, altered { $0.url = nil }, altered { ($0.title, $0.body) = ("", "One ash fir") },
      altered { $0.body += "\u{0}" }, altered { ($0.title, $0.body) = ("O", "neash fir") },
      altered { ($0.title, $0.body) = ("", "") },
    ]
    try await factory.withIndex(of: [first]) { backend async throws in
      try await backend.write { writer async throws in
        for other in others {
          #expect(try await writer.add(other) == .replaced, "\(other)")
          #expect(try await writer.add(other) == .unchanged, "\(other)")
        }
        #expect(try await writer.add(first) == .replaced)
      }
      #expect(try await backend.article(id: "a") == first)
      for other in others {
        try await backend.write { writer async throws in #expect(try await writer.add(other) == .replaced, "\(other)") }
        #expect(try await backend.article(id: "a") == other)
        #expect(try await backend.ids(.everything) == ["a"])
      }
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test(
    "A replaced article is found by what it says now, and by nothing that it said", arguments: BackendFactory.all,
    [true, false])
  func replacing(factory: BackendFactory, storesText: Bool) async throws {
    try await factory.withIndex(of: Self.articles, storesText: storesText) { backend async throws in
      let new = Article("a", "new words. The ash grew tall.", title: "Later", date: "1990-05-06", [.section: "Woods"])
      try await backend.write { writer async throws in #expect(try await writer.add(new) == .replaced) }
      let gone: [Query] = [
        .word("one"), .words("ash fir"), .date("1987-03"), .and([.keyword(.init(.source, "times")), .not(.word("elm"))]),
      ]
      for query in gone { #expect(try await backend.ids(query) == [], "\(query)") }
      let found: [Query] = [
        .word("later", in: .title), .words("ash grew"), .date("1990-05-06"), .keyword(.init(.section, "woods")),
        .not(.or([.word("oak"), .word("elm")])),
      ]
      for query in found { #expect(try await backend.ids(query) == ["a"], "\(query)") }
      #expect(try await backend.matches(.word("ash")) == ["a", "b"])
      #expect(try await backend.ids(.everything, .newest) == ["a", "c", "b", "d"])
      #expect(try await backend.ids(.everything, .oldest) == ["b", "c", "a", "d"])
      var expected = new
      if !storesText { expected.body = "" }
      #expect(try await backend.article(id: "a") == expected)
      let hit = try #require(try await backend.search(SearchRequest(.word("grew"), passageLength: 100)).hits.first)
      #expect((hit.title.text, hit.date, hit.keywords, hit.url) == (new.title, new.date, new.keywords, nil))
      #expect(hit.passage?.text == (storesText ? new.body : nil))
      #expect(try await backend.statistics().articleCount == 4)
      #expect(try await backend.statistics().dates == "1986"..."1990-05-06")
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test("Of several versions in one transaction the last one stays", arguments: BackendFactory.all, [true, false])
  func newestWins(factory: BackendFactory, storesText: Bool) async throws {
    try await factory.withIndex(of: Self.articles, storesText: storesText) { backend async throws in
      try await backend.write { writer async throws in
        for number in 0..<5 {
          #expect(try await writer.add(Article("a", "version\(number)")) == .replaced)
          #expect(try await writer.add(Article("new", "version\(number)")) == (number == 0 ? .added : .replaced))
        }
      }
      for number in 0..<4 { #expect(try await backend.ids(.word("version\(number)")) == []) }
      #expect(try await backend.matches(.word("version4")) == ["a", "new"])
      #expect(try await backend.matches(.everything) == ["a", "b", "c", "d", "new"])
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test("An article over a limit is refused, and the one with its id stays", arguments: BackendFactory.all)
  func refusedReplacement(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      try await backend.write { writer async throws in
        let outcome = try await writer.add(Article("a", String(repeating: " ", count: 16 << 20 + 1)))
        if case .refused = outcome {} else { Issue.record("\(outcome)") }
      }
      #expect(try await backend.article(id: "a") == Self.articles[0])
    }
  }

  // MARK: - Deleting

  @Test(
    "Deleting by id says whether there was such an article, and leaves nothing of it", arguments: BackendFactory.all,
    [true, false])
  func deletingByID(factory: BackendFactory, storesText: Bool) async throws {
    try await factory.withIndex(of: Self.articles, storesText: storesText) { backend async throws in
      try await backend.write { writer async throws in
        _ = try await writer.add(Article("e", "ash yew"))
        #expect(try await writer.delete(id: "a"))
        #expect(try await writer.delete(id: "e"))
        for id in ["a", "e", "A", "", "absent"] { #expect(try await !writer.delete(id: id), "\(id)") }
      }
      #expect(try await backend.article(id: "a") == nil)
      #expect(try await backend.matches(.everything) == ["b", "c", "d"])
      #expect(try await backend.matches(.word("ash")) == ["b"])
      #expect(try await backend.matches(.not(.word("ash"))) == ["c", "d"])
      #expect(try await backend.ids(.word("yew")) == [])
      #expect(try await backend.ids(.keyword(.init(.source, "times"))) == ["c"])
      #expect(try await backend.statistics().articleCount == 3)
      #expect(try await backend.statistics().dates == "1986"..."1988-01-01")
      #expect(try await backend.verify().problems.isEmpty)
      try await backend.write { writer async throws in #expect(try await !writer.delete(id: "a")) }
    }
  }

  @Test("Two ids that Swift's == calls equal are two articles", arguments: BackendFactory.all)
  func idsAreBytes(factory: BackendFactory) async throws {
    let (composed, decomposed) = (Article("\u{E9}", "ash"), Article("e\u{301}", "fir"))
    try await factory.withIndex(of: [composed, decomposed]) { backend async throws in
      try await backend.write { writer async throws in
        #expect(try await writer.add(decomposed) == .unchanged)
        #expect(try await writer.delete(id: composed.id))
        #expect(try await !writer.delete(id: composed.id))
      }
      #expect(try await backend.ids(.word("ash")) == [])
      #expect(try await backend.ids(.word("fir")).map { Array($0.utf8) } == [Array(decomposed.id.utf8)])
    }
  }

  @Test(
    "Deleting what matches deletes just that, articles of the same transaction included", arguments: BackendFactory.all,
    [true, false])
  func deletingMatches(factory: BackendFactory, storesText: Bool) async throws {
    let cases: [(query: Query, left: [String])] = [
      (.word("ash"), ["c", "d", "g"]), (.words("oak oak"), ["a", "b", "c", "e", "f", "g"]),
      (.word("one", in: .title), ["b", "c", "d", "e", "f", "g"]), (.not(.word("ash")), ["a", "b", "e", "f"]),
      (.keyword(.init(.source, "times")), ["b", "d", "e", "f", "g"]), (.dates("1986", "1987"), ["c", "d", "e", "f", "g"]),
      (.or([.word("elm"), .date("1986")]), ["a", "d", "e", "f", "g"]), (.word("absent"), ["a", "b", "c", "d", "e", "f", "g"]),
      (.and([.word("ash"), .not(.word("fir"))]), ["a", "c", "d", "f", "g"]), (.nothing, ["a", "b", "c", "d", "e", "f", "g"]),
      (.required(.word("yew"), optional: [.word("ash")]), ["a", "b", "c", "d", "f"]), (.everything, []),
      (.boosted(.word("yew"), by: 0), ["a", "b", "c", "d", "f"]),
    ]
    for (query, left) in cases {
      try await factory.withIndex(of: Self.articles + [Article("g", "ash larch")], storesText: storesText) {
        backend async throws in
        try await backend.write { writer async throws in
          _ = try await writer.add(Article("e", "ash yew"))
          _ = try await writer.add(Article("f", "ash fir"))
          _ = try await writer.add(Article("g", "yew larch"))
          #expect(try await writer.delete(matching: query) == 7 - left.count, "\(query)")
          #expect(try await writer.delete(matching: query) == 0, "\(query)")
        }
        #expect(try await backend.matches(.everything) == left, "\(query)")
        #expect(try await backend.ids(query) == [], "\(query)")
        #expect(try await backend.statistics().articleCount == left.count)
        #expect(try await backend.verify().problems.isEmpty, "\(query)")
      }
    }
  }

  @Test("A query that no search would take deletes nothing, and the transaction goes on", arguments: BackendFactory.all)
  func deletingByInvalidQuery(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      try await backend.write { writer async throws in
        await #expect(throws: SearchError.self) { try await writer.delete(matching: .boosted(.word("ash"), by: -1)) }
        #expect(try await writer.delete(id: "d"))
      }
      #expect(try await backend.matches(.everything) == ["a", "b", "c"])
    }
  }

  @Test(
    "Deleting by a question asks once about each article that would be there", arguments: BackendFactory.all, [true, false])
  func deletingWhere(factory: BackendFactory, storesText: Bool) async throws {
    try await factory.withIndex(of: Self.articles, storesText: storesText) { backend async throws in
      try await backend.write { writer async throws in
        _ = try await writer.add(Article("a", "replaced"))
        _ = try await writer.add(Article("e", "new"))
        _ = try await writer.delete(id: "b")
        var asked: [String] = []
        let count = try await writer.delete { id in
          asked.append(id)
          return id == "a" || id == "c"
        }
        #expect(count == 2)
        #expect(asked.sorted() == ["a", "c", "d", "e"])
        await #expect(throws: Interruption.self) {
          try await writer.delete { id in
            if id == "e" { throw Interruption() }
            return true
          }
        }
        #expect(try await writer.delete { _ in false } == 0)
      }
      #expect(try await backend.matches(.everything) == ["d", "e"])
      try await backend.write { writer async throws in #expect(try await writer.delete { _ in true } == 2) }
      #expect(try await backend.statistics().articleCount == 0)
      #expect(try await backend.statistics().dates == nil)
      try await backend.addAll(Self.articles)
      #expect(try await backend.matches(.everything) == ["a", "b", "c", "d"])
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test(
    "An article deleted and added again in one transaction is there, and new", arguments: BackendFactory.all, [true, false])
  func deletedAndAdded(factory: BackendFactory, storesText: Bool) async throws {
    try await factory.withIndex(of: Self.articles, storesText: storesText) { backend async throws in
      try await backend.write { writer async throws in
        for article in [Self.articles[0], Article("b", "other now")] {
          #expect(try await writer.delete(id: article.id))
          #expect(try await writer.add(article) == .added)
        }
        #expect(try await writer.delete { $0 == "c" } == 1)
        #expect(try await writer.delete(matching: .words("oak oak")) == 1)
        #expect(try await writer.add(Self.articles[3]) == .added)
        #expect(try await writer.add(Self.articles[2]) == .added)
      }
      #expect(try await backend.matches(.everything) == ["a", "b", "c", "d"])
      #expect(try await backend.matches(.word("ash")) == ["a"])
      #expect(try await backend.ids(.words("other now")) == ["b"])
      #expect(try await backend.matches(.word("oak")) == ["d"])
      #expect(try await backend.ids(.words("fir elm")) == ["c"])
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  // MARK: - What is left

  @Test(
    "After deletions every order, offset, limit and count is that of the articles left", arguments: BackendFactory.all,
    [true, false])
  func windows(factory: BackendFactory, storesText: Bool) async throws {
    var random = SeededGenerator(seed: 19)
    let articles = (0..<150).map { number in
      Article(
        "\(number)",
        String(repeating: "ash ", count: Int.random(in: 1...3, using: &random)) + (number.isMultiple(of: 2) ? "fir" : ""),
        date: random.happens(0.7) ? "19\(Int.random(in: 10...15, using: &random))" : nil)
    }
    let kept = articles.enumerated().filter { !$0.offset.isMultiple(of: 3) }.map(\.element)
    try await factory.withIndex(of: kept) { expected async throws in
      try await factory.withIndex(of: articles, storesText: storesText) { backend async throws in
        try await backend.write { writer async throws in
          for number in stride(from: 0, to: 150, by: 3) { #expect(try await writer.delete(id: "\(number)")) }
        }
        #expect(try await backend.statistics().articleCount == 100)
        for query in [Query.word("ash"), .not(.word("fir")), .everything, .date("1912")] {
          for order in ResultOrder.allCases {
            let ids = try await backend.ids(query, order)
            if order != .relevance || factory.forgetsAtOnce {
              #expect(ids == (try await expected.ids(query, order)), "\(query) \(order)")
            }
            for (offset, limit) in [(0, 10), (3, 1), (40, 70), (99, 5), (100, 5), (0, 0)] {
              let response = try await backend.search(
                SearchRequest(query, limit: limit, offset: offset, order: order, countsMatches: true))
              #expect(
                response.hits.map(\.id) == Array(ids.dropFirst(offset).prefix(limit)), "\(query) \(order) \(offset) \(limit)")
              #expect(response.matchCount == ids.count)
            }
          }
        }
      }
    }
  }

  @Test("A transaction that throws brings everything back", arguments: BackendFactory.all, [true, false])
  func rollback(factory: BackendFactory, storesText: Bool) async throws {
    var generator = ArchiveGenerator(seed: 23, articleCount: 80)
    let requests = (0..<30).map { _ in generator.request() }
    try await factory.withIndex(of: generator.articles, storesText: storesText) { backend async throws in
      var before: [SearchResponse] = []
      for request in requests { before.append(try await backend.search(request)) }
      await #expect(throws: Interruption.self) {
        try await backend.write { writer async throws in
          for article in generator.articles.prefix(20) { _ = try await writer.add(Article(article.id, "ash")) }
          for article in generator.articles.dropFirst(10).prefix(20) { #expect(try await writer.delete(id: article.id)) }
          #expect(try await writer.delete { $0.hasPrefix("x/") } > 0)
          #expect(try await writer.delete(matching: .not(.word("ash"))) > 0)
          throw Interruption()
        }
      }
      for (request, response) in zip(requests, before) { #expect(try await backend.search(request) == response, "\(request)") }
      #expect(try await backend.statistics().articleCount == 80)
      #expect(try await backend.verify().problems.isEmpty)
    }
  }

  @Test("A search sees no change before the commit", arguments: BackendFactory.all)
  func isolation(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let request = SearchRequest(.or([.word("ash"), .word("oak")]), countsMatches: true, passageLength: 50)
      let before = try await backend.search(request)
      try await backend.write { writer async throws in
        _ = try await writer.add(Article("a", "elm"))
        _ = try await writer.delete(id: "b")
        _ = try await writer.delete(matching: .word("oak"))
        #expect(try await backend.search(request) == before)
        #expect(try await backend.article(id: "b") == Self.articles[1])
        #expect(try await backend.statistics().articleCount == 4)
      }
      #expect(try await backend.search(request) == SearchResponse(hits: [], matchCount: 0))
    }
  }

  @Test("Changes are there after re-opening", arguments: BackendFactory.all.filter { $0.open != nil }, [true, false])
  func persistence(factory: BackendFactory, storesText: Bool) async throws {
    try await withTemporaryFolder { folder async throws in
      let path = folder + "/index"
      var generator = ArchiveGenerator(seed: 29, articleCount: 120)
      let requests = (0..<40).map { _ in generator.request() }
      var expected: [SearchResponse] = []
      do {
        let backend = try await factory.create(path, storesText)
        try await backend.addAll(generator.articles)
        try await backend.write { writer async throws in
          for article in generator.articles.prefix(40) { #expect(try await writer.delete(id: article.id)) }
          for article in generator.articles.suffix(20) {
            #expect(try await writer.add(Article(article.id, "w1 w2")) == .replaced)
          }
        }
        for request in requests { expected.append(try await backend.search(request)) }
      }
      let open = try #require(factory.open)
      let backend = try await open(path)
      for (request, response) in zip(requests, expected) { #expect(try await backend.search(request) == response, "\(request)") }
      #expect(try await backend.statistics().articleCount == 80)
      #expect(try await backend.verify().problems.isEmpty)
      try await backend.addAll(Array(generator.articles.prefix(40)))
      #expect(try await open(path).statistics().articleCount == 120)
    }
  }
}
