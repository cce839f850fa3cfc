import Foundation
import GRDB
import QueryLanguage
import SearchAPI
import TextAnalysis

/// An index in one SQLite file, searched by FTS5.
///
/// FTS5 sees the same words as every other backend, because our analyzer is its tokenizer, and ranks by the same formula,
/// because the score is computed by a function of ours inside it. The index is a folder with `lede.sqlite` in it; any SQLite
/// tool can look into that file, but tables with words need our tokenizer.
///
///     let index = try await SQLiteBackend(creatingAt: "news.lede")
///     try await index.write { writer in
///       for article in articles { _ = try await writer.add(article) }
///     }
///     let found = try await index.search(SearchRequest(index.parse("rail strike").query))
///
/// Concurrency: any number of searches run at once, each on the last committed state; writers wait for each other within the
/// process, and are refused with ``SearchError/locked(path:)`` while another process writes.
public final class SQLiteBackend: SearchBackend {
  /// `sqlite`.
  public let name = "sqlite"
  /// Scores and weights are exact; damage is found where SQLite, FTS5 or ``verify()`` notice it, because SQLite keeps no
  /// checksums.
  public let capabilities = Capabilities(scoresExactly: true, weighsFields: true, detectsDamage: false)

  let folder: String
  let mapping: ErrorMapping
  let pool: DatabasePool
  private let gate = WriteGate()

  var filePath: String { folder + "/" + Schema.fileName }

  /// Makes an empty index in a folder, which is created if it does not exist.
  ///
  /// `storesText` says whether the index keeps the articles' texts; without them there are no passages, and ``article(id:)``
  /// gives no body. Throws ``SearchError`` where the folder cannot be made or holds an index already.
  public init(creatingAt folder: String, storesText: Bool = true) async throws {
    self.folder = folder
    mapping = ErrorMapping(folder: folder)
    try IndexFolder.create(folder)
    let path = folder + "/" + Schema.fileName
    pool = try mapping("create") {
      let queue = try DatabaseQueue(path: path, configuration: Connection.configuration(readonly: false))
      try queue.inDatabase { database in
        // A page holds one block of postings. 8 KiB rather than 4: a few trials loaded faster so; not measured with a record yet.
        try database.run("PRAGMA page_size = 8192")
        _ = try Statement("PRAGMA journal_mode = WAL", on: database).step()
        try database.run("BEGIN IMMEDIATE")
        do {
          guard try database.integer("SELECT count(*) FROM sqlite_schema") == 0 else {
            throw SearchError.io(operation: "create", path: folder, reason: "it holds an index already")
          }
          try Schema.create(on: database, storesText: storesText)
          try database.run("COMMIT")
        } catch {
          try? database.run("ROLLBACK")
          throw error
        }
        _ = try? database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
      }
      return try DatabasePool(path: path, configuration: Connection.configuration(readonly: true))
    }
  }

  /// Opens an index.
  ///
  /// Throws ``SearchError/noIndex(path:)`` where there is none, ``SearchError/newerVersion(file:version:supported:)`` where a
  /// newer version made it, and ``SearchError/corrupt(file:offset:reason:)`` where it is none of ours or damaged.
  public init(openingAt folder: String) async throws {
    self.folder = folder
    mapping = ErrorMapping(folder: folder)
    try IndexFolder.checkFile(folder)
    let path = folder + "/" + Schema.fileName
    pool = try mapping("open") {
      let pool = try DatabasePool(path: path, configuration: Connection.configuration(readonly: true))
      try pool.read { try IndexFolder.check($0, folder: folder) }
      return pool
    }
  }

  /// Reads query text into a query of words as the index holds them. Never fails.
  public func parse(_ text: String, _ options: QueryOptions = QueryOptions()) -> ParsedQuery {
    QueryParser { Analyzer().terms(in: $0) }.parse(text, options)
  }

  /// Runs one transaction: everything changed inside is committed together when `body` returns, and nothing of it when `body`, or
  /// any change, throws.
  ///
  /// The file keeps its size when articles go; the room is used again. Where the index stores no text, a transaction that replaces
  /// or deletes articles reads the whole word list once, or once for every few thousand of them, to find their words.
  public func write<Result: Sendable>(_ body: (any ArticleWriter) async throws -> Result) async throws -> Result {
    try await exclusively {
      let writer = try SQLiteArticleWriter(path: filePath, mapping)
      let result: Result
      do { result = try await body(writer) } catch {
        writer.rollback()
        throw error
      }
      try writer.commit()
      return result
    }
  }

  /// Runs a call while no other of this process writes.
  func exclusively<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    await gate.enter()
    do {
      let result = try await body()
      await gate.leave()
      return result
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Finds the articles that match, in the order asked for.
  public func search(_ request: SearchRequest) async throws -> SearchResponse {
    try request.validate()
    return try await read("search") { database in
      let state = try IndexState(on: database)
      let (rows, matchCount) = try SearchExecution(request, state, on: database).run()
      let articles = try ArticleRows(storesText: state.storesText && request.passageLength != nil, on: database)
      let presenter = HitPresenter(request, storesText: state.storesText)
      return SearchResponse(
        hits: try rows.map { presenter.hit(try articles.article($0.number), score: $0.score) }, matchCount: matchCount)
    }
  }

  /// The article with this id, or nil; without its body where the index stores no text.
  public func article(id: String) async throws -> Article? {
    try await read("read") { database in
      let statement = try Statement("SELECT number FROM article WHERE id = ?1", on: database)
      try statement.bind(Array(id.utf8), at: 1)
      guard try statement.step() else { return nil }
      return try ArticleRows(storesText: try IndexState(on: database).storesText, on: database).article(statement.integer(0))
    }
  }

  /// Runs a call in a read transaction on a connection of its own.
  func read<Result: Sendable>(_ operation: String, _ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result
  {
    do { return try await pool.read(body) } catch let error as DatabaseError { throw mapping.searchError(error, operation) }
  }
}
