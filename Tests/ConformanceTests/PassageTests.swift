import SearchAPI
import Testing

@Suite("Passages and marks")
struct PassageTests {
  static let body = "The mill closed in March. Coal prices rose, and the mill owners blamed coal. Nobody blamed the river."
  static let articles = [
    Article("a", body, title: "Coal and the mill", date: "1987-03", [.source: "Times"]), Article("b", "", title: "Coal"),
    Article("c", "coal", title: ""),
  ]

  /// The marked pieces of a text.
  private func marked(_ text: MarkedText?) -> [String]? {
    text.map { text in text.marks.map { String(decoding: Array(text.text.utf8)[$0], as: UTF8.self) } }
  }

  private func hit(_ query: Query, in backend: any SearchBackend, id: String = "a", length: Int = 200) async throws -> SearchHit?
  {
    try await backend.search(SearchRequest(query, passageLength: length)).hits.first { $0.id == id }
  }

  @Test("What made the article match is marked, in title and passage, and nothing else", arguments: BackendFactory.all)
  func marks(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let cases: [(Query, title: [String], body: [String])] = [
        (.word("coal"), ["Coal"], ["Coal", "coal"]),
        (.word("coal", in: .title), ["Coal"], []),
        (.words("coal prices"), [], ["Coal prices"]),
        (.words("the mill"), ["the mill"], ["The mill", "the mill"]),
        (.and([.word("coal"), .word("river")]), ["Coal"], ["Coal", "coal", "river"]),
        (.or([.and([.word("coal"), .word("absent")]), .word("river")]), [], ["river"]),
        (.and([.word("river"), .not(.and([.word("coal"), .word("absent")]))]), [], ["river"]),
        (.required(.word("river"), optional: [.word("owners"), .word("absent")]), [], ["owners", "river"]),
        (.and([.word("river"), .date("1987")]), [], ["river"]),
        (.or([.and([.word("coal"), .keyword(.init(.source, "herald"))]), .word("river")]), [], ["river"]),
        (.or([.and([.word("coal"), .keyword(.init(.source, "times"))]), .word("river")]), ["Coal"], ["Coal", "coal", "river"]),
        (.everything, [], []),
      ]
      for (query, title, body) in cases {
        let hit = try #require(try await hit(query, in: backend))
        #expect(marked(hit.title) == title, "\(query)")
        #expect(marked(hit.passage) == body, "\(query)")
        #expect(hit.passage?.text == Self.body)
        #expect(hit.passage?.isCutBefore == false && hit.passage?.isCutAfter == false)
      }
    }
  }

  @Test("A passage keeps to its length and says where it was cut", arguments: BackendFactory.all)
  func length(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      for length in [0, 1, 5, 20, 30, 60, 100, 1_000, Int.max] {
        let passage = try #require(try await hit(.word("river"), in: backend, length: length)?.passage)
        #expect(passage.text.unicodeScalars.count <= length)
        #expect(length < 30 || marked(passage) == ["river"], "\(length)")
        #expect(passage.text.isEmpty || passage.isCutBefore == !Self.body.hasPrefix(passage.text), "\(length)")
        #expect(Self.body.contains(passage.text) || passage.text.isEmpty)
      }
      #expect(try await hit(.word("coal"), in: backend, id: "b")?.passage?.text == "")
      #expect(marked(try await hit(.word("coal"), in: backend, id: "c")?.passage) == ["coal"])
    }
  }

  @Test("No passage and no marks are made where none are asked for", arguments: BackendFactory.all)
  func unasked(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      for hit in try await backend.search(SearchRequest(.word("coal"))).hits {
        #expect(hit.passage == nil)
        #expect(hit.title.marks.isEmpty)
      }
    }
  }
}
