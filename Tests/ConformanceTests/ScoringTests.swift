import Foundation
import SearchAPI
import Testing

@Suite("Scores")
struct ScoringTests {
  /// Lengths 4, 2, 6 and 0: twelve words in four articles.
  static let articles = [
    Article("a", "oil prices rise", title: "Oil"), Article("b", "oil talks"), Article("c", "rise and fall of oil prices"),
    Article("d"),
  ]

  /// The contribution of a word, from the formula as SearchAPI states it.
  static func contribution(
    _ tf: Double, of length: Double, average: Double = 3, df: Double, n: Double = 4, k1: Double = 1.2, b: Double = 0.75
  ) -> Double {
    log(1 + (n - df + 0.5) / (df + 0.5)) * tf / (tf + k1 * (1 - b + b * length / average))
  }

  private func expect(
    _ scores: [String: Double], _ expected: [String: Double], _ comment: Comment? = nil,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(Set(scores.keys) == Set(expected.keys), comment, sourceLocation: location)
    for (id, score) in scores {
      #expect(abs(score - (expected[id] ?? .nan)) <= 1e-12 * max(1, score), "\(id)", sourceLocation: location)
    }
  }

  @Test("A word adds its BM25 contribution", arguments: BackendFactory.all)
  func word(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let c = Self.contribution
      expect(
        try await backend.scores(.word("oil")),
        ["a": c(2, 4, 3, 3, 4, 1.2, 0.75), "b": c(1, 2, 3, 3, 4, 1.2, 0.75), "c": c(1, 6, 3, 3, 4, 1.2, 0.75)])
      expect(
        try await backend.scores(.word("rise"), BM25Parameters(k1: 2, b: 0.4)),
        ["a": c(1, 4, 3, 2, 4, 2, 0.4), "c": c(1, 6, 3, 2, 4, 2, 0.4)])
      #expect(try await backend.ids(.word("oil")) == ["a", "b", "c"])
    }
  }

  @Test(
    "k1 = 0 scores every match by idf alone; b = 0 and b = 1 drop and apply the length in full", arguments: BackendFactory.all)
  func parameters(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let idf = Self.contribution(1, of: 0, df: 3, k1: 0)
      expect(try await backend.scores(.word("oil"), BM25Parameters(k1: 0)), ["a": idf, "b": idf, "c": idf])
      #expect(try await backend.ids(.word("oil"), .relevance, BM25Parameters(k1: 0)) == ["a", "b", "c"])
      let c = Self.contribution
      for b in [0.0, 1.0] {
        expect(
          try await backend.scores(.word("oil"), BM25Parameters(b: b)),
          ["a": c(2, 4, 3, 3, 4, 1.2, b), "b": c(1, 2, 3, 3, 4, 1.2, b), "c": c(1, 6, 3, 3, 4, 1.2, b)])
      }
    }
  }

  @Test("A field weight counts in tf and in lengths before saturation", arguments: BackendFactory.all)
  func fieldWeights(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let c = Self.contribution
      // Lengths 3·1 + 3, 2, 6, 0: average 14/4.
      expect(
        try await backend.scores(.word("oil"), BM25Parameters(fieldWeights: [.title: 3])),
        ["a": c(4, 6, 3.5, 3, 4, 1.2, 0.75), "b": c(1, 2, 3.5, 3, 4, 1.2, 0.75), "c": c(1, 6, 3.5, 3, 4, 1.2, 0.75)])
      // Only titles count: one word in four articles.
      expect(
        try await backend.scores(.word("oil"), BM25Parameters(fieldWeights: [.body: 0])),
        ["a": c(1, 1, 0.25, 3, 4, 1.2, 0.75), "b": 0, "c": 0])
      expect(
        try await backend.scores(.word("oil"), BM25Parameters(fieldWeights: [.body: 0, .title: 0])), ["a": 0, "b": 0, "c": 0])
      expect(
        try await backend.scores(.word("oil"), BM25Parameters(k1: 0, fieldWeights: [.body: 0, .title: 0])),
        ["a": 0, "b": 0, "c": 0])
    }
  }

  @Test("title:x counts in the title, with df and length of the whole article", arguments: BackendFactory.all)
  func fieldTerm(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let c = Self.contribution
      expect(try await backend.scores(.word("oil", in: .title)), ["a": c(1, 4, 3, 3, 4, 1.2, 0.75)])
      expect(
        try await backend.scores(.word("oil", in: .body)),
        ["a": c(1, 4, 3, 3, 4, 1.2, 0.75), "b": c(1, 2, 3, 3, 4, 1.2, 0.75), "c": c(1, 6, 3, 3, 4, 1.2, 0.75)])
    }
  }

  @Test(
    "A phrase adds by its own frequency and the sum of its words' idf, repeated words counted again",
    arguments: BackendFactory.all)
  func phrase(factory: BackendFactory) async throws {
    let articles = [
      Article("a", "new york new york new york", title: "New York"), Article("b", "york new york"), Article("c", "new new new"),
      Article("d", "york"),
    ]
    try await factory.withIndex(of: articles) { backend async throws in
      func idf(_ df: Double) -> Double { log(1 + (4 - df + 0.5) / (df + 0.5)) }
      func saturation(_ tf: Double, _ length: Double) -> Double { tf / (tf + 1.2 * (0.25 + 0.75 * length / 3.75)) }
      expect(
        try await backend.scores(.words("new york")),
        ["a": (idf(3) + idf(3)) * saturation(4, 8), "b": (idf(3) + idf(3)) * saturation(1, 3)])
      expect(try await backend.scores(.words("new york", in: .title)), ["a": 2 * idf(3) * saturation(1, 8)])
      expect(try await backend.scores(.words("new new")), ["c": 2 * idf(3) * saturation(2, 3)])
      expect(try await backend.scores(.words("new york new york")), ["a": 4 * idf(3) * saturation(2, 8)])
    }
  }

  @Test("Groups add the parts that match, and nothing else", arguments: BackendFactory.all)
  func groups(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let oil = try await backend.scores(.word("oil"))
      let rise = try await backend.scores(.word("rise"))
      let talks = try await backend.scores(.word("talks"))
      let (oilA, oilB, oilC, riseA, riseC, talksB) = (oil["a"]!, oil["b"]!, oil["c"]!, rise["a"]!, rise["c"]!, talks["b"]!)
      let cases: [(Query, [String: Double])] = [
        (.and([.word("oil"), .word("rise")]), ["a": oilA + riseA, "c": oilC + riseC]),
        (.or([.word("oil"), .word("talks")]), ["a": oilA, "b": oilB + talksB, "c": oilC]),
        (.and([.or([.everything, .word("oil")]), .word("rise")]), ["a": oilA + riseA, "c": oilC + riseC]),
        (.and([.or([.word("oil"), .and([])]), .word("rise")]), ["a": oilA + riseA, "c": oilC + riseC]),
        (.or([.word("oil"), .word("oil")]), ["a": 2 * oilA, "b": 2 * oilB, "c": 2 * oilC]),
        (.and([.word("oil"), .word("oil"), .word("oil")]), ["a": 3 * oilA, "b": 3 * oilB, "c": 3 * oilC]),
        (.required(.word("rise"), optional: [.word("oil"), .word("talks")]), ["a": oilA + riseA, "c": oilC + riseC]),
        (.required(.word("oil"), optional: [.and([.word("rise"), .word("talks")])]), ["a": oilA, "b": oilB, "c": oilC]),
        (.required(.word("oil"), optional: [.not(.word("rise")), .everything, .nothing]), ["a": oilA, "b": oilB, "c": oilC]),
        (.not(.word("oil")), ["d": 0]),
        (.not(.not(.word("oil"))), ["a": 0, "b": 0, "c": 0]),
        (.or([.not(.word("rise")), .word("oil")]), ["a": oilA, "b": oilB, "c": oilC, "d": 0]),
        (.and([.word("oil"), .or([.word("rise"), .not(.word("prices"))])]), ["a": oilA + riseA, "b": oilB, "c": oilC + riseC]),
        (.and([.word("oil"), .or([.word("talks"), .not(.word("rise"))])]), ["b": oilB + talksB]),
        (.or([.and([.word("rise"), .word("talks")]), .word("oil")]), ["a": oilA, "b": oilB, "c": oilC]),
        (.or([.and([.word("rise"), .not(.word("fall"))]), .word("oil")]), ["a": oilA + riseA, "b": oilB, "c": oilC]),
        (.everything, ["a": 0, "b": 0, "c": 0, "d": 0]),
      ]
      for (query, expected) in cases { expect(try await backend.scores(query), expected, "\(query)") }
    }
  }

  @Test("A group that fails in one article takes nothing from the next", arguments: BackendFactory.all)
  func failingGroups(factory: BackendFactory) async throws {
    try await factory.withIndex(of: [Article("a", "x p n q z"), Article("b", "x y"), Article("c", "y z")]) {
      backend async throws in
      let (x, y, z) = (
        try await backend.scores(.word("x")), try await backend.scores(.word("y")), try await backend.scores(.word("z"))
      )
      for failing in [Query.words("p q"), .word("p", in: .title)] {
        let group = Query.and([.word("x"), .or([failing, .word("y")])])
        expect(try await backend.scores(.or([group, .word("z")])), ["a": z["a"]!, "b": x["b"]! + y["b"]!, "c": z["c"]!])
        expect(try await backend.scores(.and([group, .not(.word("n"))])), ["b": x["b"]! + y["b"]!])
      }
    }
  }

  @Test("Boosts multiply down; a boost of 0 leaves the match and takes its score", arguments: BackendFactory.all)
  func boosts(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let oil = try await backend.scores(.word("oil"))
      let rise = try await backend.scores(.word("rise"))
      expect(try await backend.scores(.boosted(.word("oil"), by: 2.5)), oil.mapValues { 2.5 * $0 })
      expect(try await backend.scores(.boosted(.word("oil"), by: 0)), oil.mapValues { _ in 0 })
      expect(try await backend.scores(.boosted(.boosted(.word("oil"), by: 3), by: 0.5)), oil.mapValues { 1.5 * $0 })
      expect(
        try await backend.scores(.boosted(.and([.boosted(.word("rise"), by: 2), .word("oil")]), by: 3)),
        ["a": 6 * rise["a"]! + 3 * oil["a"]!, "c": 6 * rise["c"]! + 3 * oil["c"]!])
      expect(
        try await backend.scores(.or([.boosted(.word("oil"), by: 0), .boosted(.word("rise"), by: 1e-3)])),
        ["a": 1e-3 * rise["a"]!, "b": 0, "c": 1e-3 * rise["c"]!])
      let huge = try await backend.scores(.boosted(.word("oil"), by: 1e300))
      #expect(abs(huge["a"]! / oil["a"]! / 1e300 - 1) < 1e-9)
      let tiny = try await backend.scores(.boosted(.word("oil"), by: 1e-300))
      #expect(abs(tiny["a"]! / oil["a"]! / 1e-300 - 1) < 1e-9)
    }
  }

  @Test("The order in which a query names its words does not change a bit of a score", arguments: BackendFactory.all)
  func orderOfAddition(factory: BackendFactory) async throws {
    var random = SeededGenerator(seed: 7)
    let words = (0..<12).map { "w\($0)" }
    let articles = (0..<60).map { number in
      Article(
        "\(number)",
        (0..<Int.random(in: 1...40, using: &random)).map { _ in words.randomElement(using: &random)! }.joined(separator: " "))
    }
    try await factory.withIndex(of: articles) { backend async throws in
      let expected = try await backend.scores(.or(words.map { .word($0) }))
      for _ in 0..<10 {
        #expect(try await backend.scores(.or(words.shuffled(using: &random).map { .word($0) })) == expected)
      }
      let (left, right) = (words[..<6].map { Query.word($0) }, words[6...].map { Query.word($0) })
      #expect(
        try await backend.scores(.or([.or(right), .required(.everything, optional: left), .nothing])).filter { $0.value > 0 }
          == expected)
    }
  }

  @Test("Filters add nothing, and leave N, df and lengths as they are", arguments: BackendFactory.all)
  func filters(factory: BackendFactory) async throws {
    let articles = [
      Article("a", "oil oil", date: "1987", [.source: "x"]), Article("b", "oil", date: "1988", [.source: "x"]),
      Article("c", "gas", date: "1989"),
    ]
    try await factory.withIndex(of: articles) { backend async throws in
      let all = try await backend.scores(.word("oil"))
      #expect(try await backend.scores(.and([.word("oil"), .date("1987")])) == ["a": all["a"]!])
      #expect(try await backend.scores(.and([.keyword(.init(.source, "x")), .word("oil")])) == all)
      #expect(try await backend.scores(.or([.keyword(.init(.source, "x")), .word("oil")])) == all)
      #expect(try await backend.scores(.or([.word("oil"), .date("1989")])) == all.merging(["c": 0]) { $1 })
      #expect(try await backend.scores(.boosted(.date("1989"), by: 9)) == ["c": 0])
    }
  }
}
