import GRDB
import QueryLanguage
import SearchAPI

/// One transaction on an index file.
///
/// Invariant: after an error of SQLite nothing more is changed and ``commit()`` throws that error again, even where the caller
/// swallowed it, because SQLite may have rolled back already.
final class SQLiteArticleWriter: ArticleWriter {
  private let queue: DatabaseQueue
  private let mapping: ErrorMapping
  private var session: WritingSession?
  private var failure: (any Error)?

  /// Opens a connection of its own and begins a transaction; throws ``SearchError/locked(path:)`` where another process is
  /// writing.
  init(path: String, _ mapping: ErrorMapping) throws {
    self.mapping = mapping
    (queue, session) = try mapping("open") {
      let counter = WordCounter()
      let queue = try DatabaseQueue(path: path, configuration: Connection.configuration(readonly: false, counter: counter))
      let session = try queue.inDatabase { database in
        try database.run("BEGIN IMMEDIATE")
        return try WritingSession(counter, on: database)
      }
      return (queue, session)
    }
  }

  deinit { rollback() }

  func add(_ article: Article) async throws -> AdditionOutcome {
    if let reason = article.refusalReason { return .refused(reason: reason) }
    return try attempt("write") { session, _ in try session.add(article) }
  }

  func delete(id: String) async throws -> Bool { try attempt("write") { session, _ in try session.delete(id: id) } }

  func delete(matching query: Query) async throws -> Int {
    try SearchRequest(query).validate()
    return try attempt("write") { session, database in
      let numbers = try session.numbers(matching: query, on: database)
      try session.delete(numbers)
      return numbers.count
    }
  }

  func delete(where isDoomed: (_ id: String) throws -> Bool) async throws -> Int {
    // What the caller's closure throws does not end the transaction.
    let decision = try attempt("read") { session, database in
      try session.numbers(on: database) { id in Result { try isDoomed(id) } }
    }
    let numbers = try decision.get()
    try attempt("write") { session, _ in try session.delete(numbers) }
    return numbers.count
  }

  /// Makes what was changed safe on disk.
  func commit() throws {
    try attempt("commit") { session, database in
      guard session.changeCount > 0 else { return try database.run("ROLLBACK") }
      try session.finish(on: database)
      try database.run("COMMIT")
      // Copies the log into the file and empties it. A reader may hold it back; then the next commit does it.
      _ = try? database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    session = nil
  }

  /// Drops what was changed.
  func rollback() {
    guard session != nil else { return }
    queue.inDatabase { database in
      session = nil
      // Where SQLite has rolled back on its own, there is nothing to end.
      try? database.run("ROLLBACK")
    }
  }

  private func attempt<Result>(_ operation: String, _ body: (inout WritingSession, Database) throws -> Result) throws -> Result {
    if let failure { throw failure }
    do {
      return try mapping(operation) {
        try queue.inDatabase { database in
          guard session != nil else { throw SearchError.invalidRequest("the transaction is over") }
          return try body(&session!, database)
        }
      }
    } catch {
      failure = error
      rollback()
      throw error
    }
  }
}
