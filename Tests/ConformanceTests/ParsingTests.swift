import QueryLanguage
import ReferenceBackend
import SearchAPI
import Testing

@Suite("Query text")
struct ParsingTests {
  static let texts = [
    "", " ", "oil", "Oil PRICES", "oil OR gas", "oil AND NOT gas", "-oil gas", "+oil gas", "\"oil prices\" rise", "title:oil",
    "title:\"oil prices\"", "source:reuters",
    "section:\"World News\"", "date:1987", "date:1987-03..1987-06", "date:..1950", "(oil gas) OR coal", "oil^2 gas^0.5",
    "\"unbalanced", "((oil", "oil))", "AT&T C++ U.S.",
    "note: this", "*", "\"\"", "NOT", "OR OR", "Übergrößen ΑΘΗΝΑ", "\u{0}\u{1}", "👩‍👩‍👧", "oil\u{0}gas", "title:", "date:yesterday",
    "date:1987-13",
  ]

  @Test("Every backend reads a text as the same query", arguments: BackendFactory.all, [false, true])
  func sameQuery(factory: BackendFactory, joinsWithOr: Bool) async throws {
    try await factory.withIndex { backend async throws in
      for text in Self.texts {
        let options = QueryOptions(joinsWithOr: joinsWithOr)
        #expect(backend.parse(text, options) == ReferenceBackend().parse(text, options), "\(text)")
      }
    }
  }

  @Test("A parsed query is answered", arguments: BackendFactory.all)
  func answered(factory: BackendFactory) async throws {
    try await factory.withIndex(of: MatchingTests.articles) { backend async throws in
      for text in Self.texts { _ = try await backend.search(SearchRequest(backend.parse(text, QueryOptions()).query)) }
      #expect(try await backend.matches(backend.parse("RIVER mill", QueryOptions()).query) == ["1"])
      #expect(try await backend.matches(backend.parse("wool trade", QueryOptions(joinsWithOr: true)).query) == ["2", "5"])
    }
  }
}
