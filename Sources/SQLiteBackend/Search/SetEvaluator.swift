import GRDB
import QueryLanguage
import SearchAPI

/// Answers a query of any shape with one FTS5 query for each word and phrase, and the rest by algebra on bitmaps.
///
/// The way for what a single FTS5 query cannot say: complements, filters inside unions, and expressions too deep for its parser.
struct SetEvaluator {
  /// The articles that match a part of the query, and what each article's score is; no scores where none can be other than 0.
  fileprivate struct Answer {
    var rows: RowSet
    var scores: [Double]?
  }

  private let database: Database
  private let articleCount: Int64
  private let weights: LeafWeights
  private let statistics: ScoringStatistics
  private let filters: FilterEvaluator
  private var leafNumber = 0

  private init(_ weights: LeafWeights, _ statistics: ScoringStatistics, articleCount: Int64, on database: Database) throws {
    self.database = database
    self.articleCount = articleCount
    self.weights = weights
    self.statistics = statistics
    filters = try FilterEvaluator([], articleCount: articleCount, on: database)
  }

  /// Visits the matching articles in the order of their numbers.
  static func forEachMatch(
    of query: Query, _ weights: LeafWeights, _ statistics: ScoringStatistics, articleCount: Int64, on database: Database,
    _ body: (ScoredRow) throws -> Void
  ) throws {
    var evaluator = try SetEvaluator(weights, statistics, articleCount: articleCount, on: database)
    let answer = try evaluator.evaluate(query)
    try answer.rows.forEach { try body(ScoredRow(number: $0, score: answer.scores?[Int($0)] ?? 0)) }
  }

  /// The articles that match, among those with numbers up to `lastNumber`. Where numbers have gaps inside a transaction, numbers
  /// without an article may be among them.
  static func matches(of query: Query, _ state: IndexState, lastNumber: Int64, on database: Database) throws -> RowSet {
    // Weights of 0 say that nothing needs a score.
    let weights = try LeafWeights(query) { _ in 0 }
    let statistics = ScoringStatistics(state, BM25Parameters())
    var evaluator = try SetEvaluator(weights, statistics, articleCount: lastNumber, on: database)
    return try evaluator.evaluate(query).rows
  }

  private mutating func evaluate(_ query: Query) throws -> Answer {
    switch query {
    case .everything, .nothing, .keyword, .date: return Answer(rows: try filters.rows(query))
    case .term, .phrase: return try evaluateLeaf(query)
    case .and(let parts):
      var answer = Answer(rows: .all(articleCount: articleCount))
      for part in parts {
        let other = try evaluate(part)
        answer.rows.formIntersection(other.rows)
        answer.add(other)
      }
      return answer
    case .or(let parts):
      var answer = Answer(rows: RowSet(articleCount: articleCount))
      for part in parts {
        let other = try evaluate(part)
        answer.rows.formUnion(other.rows)
        answer.add(other)
      }
      return answer
    case .not(let part): return Answer(rows: try evaluate(part).rows.complement)
    case .boosted(let part, _): return try evaluate(part)
    case .required(let part, let optional):
      var answer = try evaluate(part)
      for part in optional { answer.add(try evaluate(part)) }
      return answer
    }
  }

  private mutating func evaluateLeaf(_ query: Query) throws -> Answer {
    let number = leafNumber
    leafNumber += 1
    var answer = Answer(rows: RowSet(articleCount: articleCount))
    guard let leaf = TextLeaf(query) else { return answer }
    guard weights.weights[number] > 0 else {
      let statement = try Statement("SELECT rowid FROM words WHERE words MATCH ?1", on: database)
      try statement.bind(leaf.expression, at: 1)
      while try statement.step() { answer.rows.insert(statement.integer(0)) }
      return answer
    }
    var scores = [Double](repeating: 0, count: Int(articleCount) + 1)
    let statement = try Statement("SELECT rowid, score(words, ?2) FROM words WHERE words MATCH ?1", on: database)
    try statement.bind(leaf.expression, at: 1)
    try statement.bind(RowScorer(weights, [number], .leaf(number), statistics), at: 2)
    while try statement.step() {
      let row = statement.integer(0)
      answer.rows.insert(row)
      if answer.rows.contains(row) { scores[Int(row)] = statement.double(1) }
    }
    answer.scores = scores
    return answer
  }
}

extension SetEvaluator.Answer {
  /// Adds the scores of a part, in the articles that the part matches: elsewhere it may hold sums of a group that failed.
  fileprivate mutating func add(_ part: Self) {
    guard let added = part.scores else { return }
    var sums = scores ?? Array(repeating: 0, count: added.count)
    scores = nil
    part.rows.forEach { sums[Int($0)] += added[Int($0)] }
    scores = sums
  }
}
