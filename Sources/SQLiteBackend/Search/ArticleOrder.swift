import GRDB

/// The order of articles in time, for breaking ties and for chronological results.
struct ArticleOrder {
  /// What an article is ordered by.
  struct Key {
    let sortKey: Int64?
    let id: [UInt8]

    /// Undated articles come last whichever way time runs, and the id decides between equal moments.
    func precedes(_ other: Key, oldestFirst: Bool) -> Bool {
      if sortKey != other.sortKey {
        guard let mine = sortKey else { return false }
        guard let theirs = other.sortKey else { return true }
        return oldestFirst ? mine < theirs : mine > theirs
      }
      return id.lexicographicallyPrecedes(other.id)
    }
  }

  private let database: Database
  private let lookup: Statement

  init(on database: Database) throws {
    self.database = database
    lookup = try Statement(kept: "SELECT sort_key, id FROM article WHERE number = ?1", on: database)
  }

  /// The key of one article.
  func key(of number: Int64) throws -> Key {
    try lookup.bind(number, at: 1)
    defer { lookup.reset() }
    guard try lookup.step() else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an indexed article is missing from the table article")
    }
    return Key(sortKey: lookup.isNull(0) ? nil : lookup.integer(0), id: lookup.bytes(1))
  }

  /// Visits all articles in order, as long as `body` returns true.
  func walk(oldestFirst: Bool, _ body: (Int64) throws -> Bool) throws {
    let orders =
      oldestFirst
      ? ["WHERE sort_key IS NOT NULL ORDER BY sort_key, id", "WHERE sort_key IS NULL ORDER BY id"]
      : ["ORDER BY sort_key DESC, id"]
    for order in orders {
      let statement = try Statement("SELECT number FROM article \(order)", on: database)
      while try statement.step() {
        guard try body(statement.integer(0)) else { return }
      }
    }
  }
}
