import GRDB

/// The table `body` inside a transaction: the stored texts.
struct BodyTable {
  private let insertion: Statement
  private let deletion: Statement
  private let lookup: Statement

  init(on database: Database) throws {
    insertion = try Statement("INSERT INTO body(number, text) VALUES (?1, ?2)", on: database)
    deletion = try Statement("DELETE FROM body WHERE number = ?1", on: database)
    lookup = try Statement("SELECT title, body FROM content WHERE number = ?1", on: database)
  }

  func add(_ text: String, _ number: Int64) throws {
    try insertion.bind(number, at: 1)
    try insertion.bind(text, at: 2)
    try insertion.run()
  }

  func remove(_ number: Int64) throws {
    try deletion.bind(number, at: 1)
    try deletion.run()
  }

  /// The text that an article's words come from.
  func text(_ number: Int64) throws -> WordsTable.Source {
    try lookup.bind(number, at: 1)
    defer { lookup.reset() }
    guard try lookup.step() else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the text of an article is missing from the table body")
    }
    return .text(title: lookup.text(0), body: lookup.text(1))
  }
}
