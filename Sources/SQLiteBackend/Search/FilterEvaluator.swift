import GRDB
import QueryLanguage

/// Answers conditions on dates and keywords, one article at a time or for all articles at once.
///
/// FTS5 finds rows by text, and looking up the columns of a row costs a microsecond: nothing for ten rows, but seconds for a
/// million. So the first rows are looked up, and after ``lookupLimit`` of them the set of all articles that meet the conditions
/// is computed once, from indexes, after which a row costs a bit test.
final class FilterEvaluator {
  static let lookupLimit = 1_000

  private let database: Database
  private let articleCount: Int64
  private let filters: [Query]
  private let lookup: Statement
  private var lookupCount = 0
  private var set: RowSet?

  /// An evaluator of conditions that must all be met; none of them may name a word.
  init(_ filters: [Query], articleCount: Int64, on database: Database) throws {
    self.database = database
    self.articleCount = articleCount
    self.filters = filters
    let columns = ["first_day", "last_day"] + KeywordField.allCases.map(Schema.comparedColumn)
    lookup = try Statement(kept: "SELECT \(columns.joined(separator: ", ")) FROM article WHERE number = ?1", on: database)
  }

  /// Whether an article meets the conditions.
  func admits(_ number: Int64) throws -> Bool {
    if let set { return set.contains(number) }
    lookupCount += 1
    if lookupCount > Self.lookupLimit { return try allAdmitted().contains(number) }
    try lookup.bind(number, at: 1)
    defer { lookup.reset() }
    guard try lookup.step() else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an indexed article is missing from the table article")
    }
    return filters.allSatisfy { admits($0) }
  }

  /// All articles that meet the conditions.
  func allAdmitted() throws -> RowSet {
    if let set { return set }
    var result = RowSet.all(articleCount: articleCount)
    for filter in filters { result.formIntersection(try rows(filter)) }
    set = result
    return result
  }

  /// Whether the article that `lookup` stands at meets one condition.
  private func admits(_ filter: Query) -> Bool {
    switch filter {
    case .everything: return true
    case .nothing, .term, .phrase: return false
    case .date(let range):
      return !range.isEmpty && !lookup.isNull(0) && lookup.integer(0) <= Int64(range.lastDay)
        && lookup.integer(1) >= Int64(range.firstDay)
    case .keyword(let keyword):
      let column = Int32(2 + KeywordField.allCases.firstIndex(of: keyword.field)!)
      return !lookup.isNull(column) && lookup.bytes(column) == Array(keyword.value.utf8)
    case .and(let parts): return parts.allSatisfy { admits($0) }
    case .or(let parts): return parts.contains { admits($0) }
    case .not(let part): return !admits(part)
    case .boosted(let part, _), .required(let part, _): return admits(part)
    }
  }

  /// The articles that meet one condition.
  func rows(_ filter: Query) throws -> RowSet {
    switch filter {
    case .everything: return .all(articleCount: articleCount)
    case .nothing, .term, .phrase: return RowSet(articleCount: articleCount)
    case .date(let range):
      if range.isEmpty { return RowSet(articleCount: articleCount) }
      // An article's days are at most a year's, so that the index on first days is entered where they can overlap.
      let statement = try Statement(
        "SELECT number FROM article WHERE first_day BETWEEN ?1 AND ?2 AND last_day >= ?3", on: database)
      try statement.bind(Int64(range.firstDay) - 366, at: 1)
      try statement.bind(Int64(range.lastDay), at: 2)
      try statement.bind(Int64(range.firstDay), at: 3)
      return try rows(of: statement)
    case .keyword(let keyword):
      let statement = try Statement(
        "SELECT number FROM article WHERE \(Schema.comparedColumn(of: keyword.field)) = ?1", on: database)
      try statement.bind(keyword.value, at: 1)
      return try rows(of: statement)
    case .and(let parts):
      var result = RowSet.all(articleCount: articleCount)
      for part in parts { result.formIntersection(try rows(part)) }
      return result
    case .or(let parts):
      var result = RowSet(articleCount: articleCount)
      for part in parts { result.formUnion(try rows(part)) }
      return result
    case .not(let part): return try rows(part).complement
    case .boosted(let part, _), .required(let part, _): return try rows(part)
    }
  }

  private func rows(of statement: Statement) throws -> RowSet {
    var result = RowSet(articleCount: articleCount)
    while try statement.step() { result.insert(statement.integer(0)) }
    return result
  }
}
