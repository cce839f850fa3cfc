import QueryLanguage
import TextRetrieval

/// Queries that ask for the same sort of work.
struct QueryClass: Sendable {
  /// The queries drawn for a class.
  static let queryCount = 50

  let name: String
  var limit = 10
  var counts = false
  var ranking = DocumentRanking.relevance
  /// Draws the next query.
  let draw: @Sendable (inout QuerySampler) throws -> Query

  static let union3 = QueryClass(name: "union of 3 words") { .or(try $0.words([.frequent, .medium, .rare])) }

  static let all: [QueryClass] = [
    QueryClass(name: "single word, frequent") { try $0.words([.frequent])[0] },
    QueryClass(name: "single word, medium") { try $0.words([.medium])[0] },
    QueryClass(name: "single word, rare") { try $0.words([.rare])[0] },
    union3,
    QueryClass(name: "union of 3 words, 100 hits", limit: 100, draw: union3.draw),
    QueryClass(name: "union of 6 words") {
      .or(try $0.words([.frequent, .frequent, .medium, .medium, .medium, .rare]))
    },
    QueryClass(name: "intersection of 2 words") { .and(try $0.words([.frequent, .medium])) },
    QueryClass(name: "intersection of 3 words") { .and(try $0.words([.frequent, .medium, .medium])) },
    QueryClass(name: "phrase of 2 words") { .phrase(try $0.phrase(2)) },
    QueryClass(name: "phrase of 3 words") { .phrase(try $0.phrase(3)) },
    QueryClass(name: "negation, medium without frequent") {
      let words = try $0.words([.medium, .frequent])
      return .and([words[0], .not(words[1])])
    },
    QueryClass(name: "date filter, union of 3 words") { .and([try union3.draw(&$0), .date(try $0.dates(share: 0.1))]) },
    QueryClass(name: "newest first, medium word", ranking: .newest) { try $0.words([.medium])[0] },
    QueryClass(name: "count, union of 3 words", limit: 0, counts: true, draw: union3.draw),
    QueryClass(name: "count, intersection of 2 words", limit: 0, counts: true) { .and(try $0.words([.frequent, .medium])) },
    QueryClass(name: "count, phrase of 2 words", limit: 0, counts: true) { .phrase(try $0.phrase(2)) },
  ]
}
