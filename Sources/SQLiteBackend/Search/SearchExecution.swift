import GRDB
import QueryLanguage
import SearchAPI

/// One search on one connection, inside one read transaction.
struct SearchExecution {
  private let request: SearchRequest
  private let database: Database
  private let state: IndexState

  init(_ request: SearchRequest, _ state: IndexState, on database: Database) {
    self.request = request
    self.state = state
    self.database = database
  }

  /// Finds the hits' articles and scores, in order, and the number of matches where it is asked for.
  func run() throws -> (rows: [ScoredRow], matchCount: Int?) {
    guard state.articleCount > 0 else { return ([], request.countsMatches ? 0 : nil) }
    let statistics = ScoringStatistics(state, request.scoring)
    let weights = try LeafWeights(request.query) { statistics.inverseDocumentFrequency(try documentFrequency(of: $0)) }
    if request.limit == 0, !request.countsMatches { return ([], nil) }

    let order = try ArticleOrder(on: database)
    var matchCount = 0
    let rows: [ScoredRow]
    if request.order == .relevance, !weights.areAllZero {
      var collector = HitCollector(capacity: window.upperBound, order)
      try forEachMatch(weights, statistics) {
        matchCount += 1
        try collector.add($0)
      }
      rows = try collector.finish()
    } else {
      var matches: [ScoredRow] = []
      try forEachMatch(weights, statistics) { matches.append($0) }
      matchCount = matches.count
      // Where all scores are 0, ties alone decide, and they fall as in the newest-first order.
      rows = try chronological(matches, order, oldestFirst: request.order == .oldest)
    }
    return (Array(rows.dropFirst(request.offset).prefix(request.limit)), request.countsMatches ? matchCount : nil)
  }

  /// The places of the hits asked for, among all matches in order.
  private var window: Range<Int> {
    let (end, overflows) = request.offset.addingReportingOverflow(request.limit)
    return request.offset..<(overflows ? .max : end)
  }

  private func documentFrequency(of word: String) throws -> Int64 {
    guard let leaf = TextLeaf(.term(Query.Term(word))) else { return 0 }
    let statement = try Statement(kept: "SELECT count(*) FROM words WHERE words MATCH ?1", on: database)
    try statement.bind(leaf.expression, at: 1)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Visits every match, in no particular order.
  private func forEachMatch(_ weights: LeafWeights, _ statistics: ScoringStatistics, _ body: (ScoredRow) throws -> Void) throws {
    guard let split = QuerySplit(request.query) else { return try forEachMatchBySets(weights, statistics, body) }
    guard let text = split.text else {
      let filters = try FilterEvaluator(split.filters, articleCount: state.articleCount, on: database)
      return try filters.allAdmitted().forEach { try body(ScoredRow(number: $0, score: 0)) }
    }
    let (form, leaves) = TextForm.make(text)
    guard !form.isComplement else { return try forEachMatchBySets(weights, statistics, body) }
    guard let node = form.node else { return }
    let tree = ScoringTree(text)
    let showsLeaves = tree.showsLeaves && node.keepsPositions(of: leaves)
    let expression = MatchExpression(node, leaves, showsAllLeaves: !weights.areAllZero && !showsLeaves)
    guard !expression.exceedsParser else { return try forEachMatchBySets(weights, statistics, body) }

    let filters = split.filters.isEmpty ? nil : try FilterEvaluator(split.filters, articleCount: state.articleCount, on: database)
    let score = weights.areAllZero ? "0" : "score(words, ?2)"
    let statement = try Statement(kept: "SELECT rowid, \(score) FROM words WHERE words MATCH ?1", on: database)
    try statement.bind(expression.text, at: 1)
    guard weights.areAllZero else {
      try statement.bind(RowScorer(weights, expression.leafNumbers, tree, statistics, filter: filters), at: 2)
      while try statement.step() {
        if !statement.isNull(1) { try body(ScoredRow(number: statement.integer(0), score: statement.double(1))) }
      }
      return
    }
    while try statement.step() {
      let number = statement.integer(0)
      if let filters, try !filters.admits(number) { continue }
      try body(ScoredRow(number: number, score: 0))
    }
  }

  private func forEachMatchBySets(_ weights: LeafWeights, _ statistics: ScoringStatistics, _ body: (ScoredRow) throws -> Void)
    throws
  {
    try SetEvaluator.forEachMatch(of: request.query, weights, statistics, articleCount: state.articleCount, on: database, body)
  }

  /// The first matches in the order of time, as many as the window reaches.
  private func chronological(_ matches: [ScoredRow], _ order: ArticleOrder, oldestFirst: Bool) throws -> [ScoredRow] {
    let wanted = min(window.upperBound, matches.count)
    guard wanted > 0 else { return [] }
    // Few matches are looked up and sorted; for many, all articles are walked in order until enough of them have matched.
    if matches.count < state.articleCount / 8 {
      let keyed = try matches.map { (row: $0, key: try order.key(of: $0.number)) }
      return keyed.sorted { $0.key.precedes($1.key, oldestFirst: oldestFirst) }.prefix(wanted).map(\.row)
    }
    var places: [Int32] = Array(repeating: -1, count: Int(state.articleCount) + 1)
    for (place, row) in matches.enumerated() where places.indices.contains(Int(row.number)) {
      places[Int(row.number)] = Int32(place)
    }
    var rows: [ScoredRow] = []
    try order.walk(oldestFirst: oldestFirst) { number in
      if places.indices.contains(Int(number)), places[Int(number)] >= 0 { rows.append(matches[Int(places[Int(number)])]) }
      return rows.count < wanted
    }
    return rows
  }
}
