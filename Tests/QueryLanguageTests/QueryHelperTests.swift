@testable import QueryLanguage
import Testing

@Suite("Helpers on queries")
struct QueryHelperTests {
  @Test("A query, its normal form and its simplified form have the same matches and scores", arguments: seeds)
  func sameMeaning(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var failures: [Query] = []
    for _ in rounds(150) {
      let query = generator.query(depth: 6)
      for form in [query.normalized, query.simplified()] {
        for _ in 0..<5 {
          let article = TinyArticle(using: &generator)
          if article.matches(query) != article.matches(form) || article.score(query) != article.score(form) {
            failures.append(query)
          }
        }
      }
    }
    #expect(failures.isEmpty)
  }

  @Test("Simplifying twice is simplifying once; the result is normal, and has constants only where they matter", arguments: seeds)
  func simplifiedForm(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(100) {
      let query = generator.query(depth: 6).simplified()
      let isStable = query.simplified() == query && query.normalized == query
      #expect(isStable, "\(query)")
      guard query != .nothing else { continue }
      #expect(!query.treeDescription.contains("no article"), "\(query)")
    }
  }

  @Test(
    "Constants and double complements fold away",
    arguments: [
      ("a AND *", "a"), ("a AND NOT *", "NOT *"), ("a OR NOT *", "a"), ("a OR *", "a OR *"), ("source:x OR *", "*"),
      ("NOT (a OR *)", "NOT *"),
      ("NOT NOT source:x", "source:x"), ("NOT NOT a", "NOT NOT a"), ("NOT NOT NOT a", "NOT a"), ("NOT a^2", "NOT a"),
      ("a^1", "a"), ("(NOT a)^2", "NOT a"),
      ("+a OR NOT b", "a"), ("+a OR b OR date:1987", "+a OR b"), ("NOT (+a OR b)", "NOT a"), ("+(NOT *) OR a", "NOT *"),
      ("+* OR a", "+* OR a"), ("a^0", "a^0"),
      ("NOT (NOT a AND NOT NOT b)", "NOT (NOT a AND b)"),
    ])
  func simplifies(text: String, expected: String) {
    #expect(parser.parse(text).query.simplified().description == expected)
  }

  @Test("Leaves are the words and phrases that can score, with the product of their weights")
  func leaves() {
    let query = parser.parse("(a^2 OR title:\"b c\")^3 source:x -d NOT (e f) +g (NOT h)^2").query
    #expect(
      query.leaves == [
        Query.Leaf(terms: ["a"], weight: 6), Query.Leaf(terms: ["b", "c"], field: .title, weight: 3), Query.Leaf(terms: ["g"]),
      ])
    #expect(Query.required(.term(Query.Term("a")), optional: [.term(Query.Term("b"))]).leaves.map(\.terms) == [["a"], ["b"]])
  }

  @Test("Leaves and their weights add up to the score where all parts match", arguments: seeds)
  func leavesAddUp(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(100) {
      let article = TinyArticle(using: &generator)
      let query = Query.and(generator.queries(depth: 1))
      guard article.matches(query) else { continue }
      let sum = query.leaves.map { Double(article.places(of: $0.terms, in: $0.field).count * $0.terms.count) * $0.weight }.reduce(
        0, +)
      #expect(article.score(query) == sum)
    }
  }

  @Test("Answering the filters for an article leaves a query that its words alone decide", arguments: seeds)
  func answeredFilters(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(100) {
      let query = generator.query(depth: 5)
      let article = TinyArticle(using: &generator)
      let answered = query.answeringFilters(keywords: article.keywords, date: article.date)
      var bare = article
      bare.keywords = [:]
      bare.date = nil
      #expect(article.matches(query) == bare.matches(answered))
      #expect(article.score(query) == bare.score(answered))
    }
  }
}
