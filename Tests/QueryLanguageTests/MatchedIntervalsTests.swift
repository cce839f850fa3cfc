@testable import QueryLanguage
import Testing

@Suite("Matched intervals")
struct MatchedIntervalsTests {
  private func intervals(_ text: String, title: String = "", body: String) -> [TextField: [ClosedRange<Int>]] {
    parser.parse(text).query.matchedIntervals(in: [.title: simpleWords(title), .body: simpleWords(body)])
  }

  @Test(
    "What made the query match is marked, and nothing else",
    arguments: [
      ("a", [0...0, 3...3]), ("a AND b", [0...0, 1...1, 3...3]), ("a AND z", []), ("a OR z", [0...0, 3...3]),
      ("(a AND z) OR b", [1...1]),
      ("\"b c\"", [1...2]), ("b OR \"b c\"", [1...1, 1...2]), ("a OR a", [0...0, 3...3]), ("a -b", []), ("b -z", [1...1]),
      ("NOT z", []),
      ("+b OR a OR z", [0...0, 1...1, 3...3]), ("+z OR a", []), ("title:a", []), ("body:b", [1...1]), ("b^0", [1...1]),
      ("b source:x", [1...1]),
      ("b -source:x", [1...1]), ("b date:1987 -date:1988", [1...1]), ("b AND *", [1...1]), ("b AND NOT *", []),
      ("\"a b c a b\"", []),
      ("NOT NOT b", []),
    ])
  func marks(text: String, expected: [ClosedRange<Int>]) {
    #expect(intervals(text, body: "a b c a") == (expected.isEmpty ? [:] : [.body: expected]))
  }

  @Test("Fields are apart, and occurrences of a phrase may overlap")
  func fields() {
    #expect(intervals("a", title: "a x", body: "x a") == [.title: [0...0], .body: [1...1]])
    #expect(intervals("title:a", title: "a x", body: "x a") == [.title: [0...0]])
    #expect(intervals("\"x x\"", title: "x", body: "x x x") == [.body: [0...1, 1...2]])
    #expect(intervals("\"a b\"", title: "a", body: "b") == [:])
  }

  @Test(
    "With its filters answered, the intervals are those of all leaves that a chain of matching parts leads to", arguments: seeds)
  func agreesWithDefinition(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(150) {
      let query = generator.query(depth: 5)
      let article = TinyArticle(using: &generator)
      let found = query.answeringFilters(keywords: article.keywords, date: article.date).matchedIntervals(in: article.words)
      #expect(places(found) == article.places(of: query), "\(query)")
      for intervals in found.values {
        #expect(!intervals.isEmpty)
        #expect(
          zip(intervals, intervals.dropFirst()).allSatisfy { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) })
      }
    }
  }

  @Test("A filter that is not answered counts as whatever lets the article match", arguments: seeds)
  func openFilters(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(60) {
      let query = generator.query(depth: 4)
      let article = TinyArticle(using: &generator)
      let filterCount = answering(query, with: []).filterCount
      guard filterCount <= 6 else { continue }
      var expected: Set<TinyArticle.Place> = []
      for answers in 0..<(1 << filterCount) {
        let answered = answering(query, with: (0..<filterCount).map { answers >> $0 & 1 == 1 }).query
        expected.formUnion(article.places(of: answered))
      }
      #expect(places(query.matchedIntervals(in: article.words)) == expected, "\(query)")
    }
  }

  private func places(_ intervals: [TextField: [ClosedRange<Int>]]) -> Set<TinyArticle.Place> {
    Set(intervals.flatMap { field, intervals in intervals.map { TinyArticle.Place(field: field, positions: $0) } })
  }

  /// The query with its filters replaced by the answers, in order, and how many filters it has.
  private func answering(_ query: Query, with answers: [Bool]) -> (query: Query, filterCount: Int) {
    var filterCount = 0
    func answered(_ query: Query) -> Query {
      switch query {
      case .everything, .nothing, .term, .phrase: return query
      case .keyword, .date:
        filterCount += 1
        return filterCount <= answers.count && answers[filterCount - 1] ? .everything : .nothing
      case .and(let parts): return .and(parts.map(answered))
      case .or(let parts): return .or(parts.map(answered))
      case .not(let part): return .not(answered(part))
      case .required(let part, let optional): return .required(answered(part), optional: optional.map(answered))
      case .boosted(let part, let weight): return .boosted(answered(part), by: weight)
      }
    }
    let result = answered(query)
    return (result, filterCount)
  }
}
