import GRDB
import QueryLanguage
import SearchAPI
import TextAnalysis

/// One transaction on an index file: the only code that adds rows.
///
/// Invariant: after an error nothing more is added and ``commit()`` throws that error again, even where the caller swallowed
/// it, because SQLite may have rolled back already.
final class SQLiteArticleWriter: ArticleWriter {
  private let queue: DatabaseQueue
  private let counter: WordCounter
  private let mapping: ErrorMapping
  private var session: Session?
  private var failure: (any Error)?

  /// Opens a connection of its own and begins a transaction; throws ``SearchError/locked(path:)`` where another process is
  /// writing.
  init(path: String, _ mapping: ErrorMapping) throws {
    let counter = WordCounter()
    self.counter = counter
    self.mapping = mapping
    (queue, session) = try mapping("open") {
      let queue = try DatabaseQueue(path: path, configuration: Connection.configuration(readonly: false, counter: counter))
      let session = try queue.inDatabase { database in
        try database.run("BEGIN IMMEDIATE")
        return try Session(on: database)
      }
      return (queue, session)
    }
  }

  deinit { rollback() }

  func add(_ article: Article) async throws -> AdditionOutcome {
    if let reason = article.refusalReason { return .refused(reason: reason) }
    return try attempt("write") { session, _ in try session.add(article, self.counter) }
  }

  /// Makes what was added safe on disk.
  func commit() throws {
    try attempt("commit") { session, database in
      guard session.addedCount > 0 else { return try database.run("ROLLBACK") }
      try session.finish(on: database)
      try database.run("COMMIT")
      // Copies the log into the file and empties it. A reader may hold it back; then the next commit does it.
      _ = try? database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
    }
    session = nil
  }

  /// Drops what was added.
  func rollback() {
    guard session != nil else { return }
    queue.inDatabase { database in
      session = nil
      // Where SQLite has rolled back on its own, there is nothing to end.
      try? database.run("ROLLBACK")
    }
  }

  private func attempt<Result>(_ operation: String, _ body: (inout Session, Database) throws -> Result) throws -> Result {
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

/// The prepared statements and running sums of a transaction.
private struct Session {
  private(set) var addedCount: Int64 = 0
  private var state: IndexState
  private let findFingerprint: Statement
  private let addArticle: Statement
  private let addBody: Statement?
  private let addWords: Statement

  init(on database: Database) throws {
    state = try IndexState(on: database)
    findFingerprint = try Statement("SELECT fingerprint FROM article WHERE id = ?1", on: database)
    let keywordColumns = KeywordField.allCases.flatMap { [Schema.column(of: $0), Schema.comparedColumn(of: $0)] }
    let columns =
      [
        "number", "id", "date", "first_day", "last_day", "second", "precision", "sort_key", "title", "url", "origin",
        "fingerprint",
      ] + keywordColumns
    let parameters = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
    addArticle = try Statement("INSERT INTO article(\(columns.joined(separator: ", "))) VALUES (\(parameters))", on: database)
    addBody = state.storesText ? try Statement("INSERT INTO body(number, text) VALUES (?1, ?2)", on: database) : nil
    addWords = try Statement("INSERT INTO words(rowid, title, body) VALUES (?1, ?2, ?3)", on: database)
  }

  mutating func add(_ article: Article, _ counter: WordCounter) throws -> AdditionOutcome {
    let fingerprint = ContentFingerprint(of: article).bytes
    try findFingerprint.bind(Array(article.id.utf8), at: 1)
    defer { findFingerprint.reset() }
    if try findFingerprint.step() { return findFingerprint.bytes(0) == fingerprint ? .unchanged : .idTaken }

    let number = state.articleCount + 1
    try bind(article, number, fingerprint)
    try addArticle.run()
    if let addBody {
      try addBody.bind(number, at: 1)
      try addBody.bind(article.body, at: 2)
      try addBody.run()
    }
    counter.wordCounts.removeAll(keepingCapacity: true)
    try addWords.bind(number, at: 1)
    try addWords.bind(article.title, at: 2)
    try addWords.bind(article.body, at: 3)
    try addWords.run()
    // FTS5 takes the columns in order, and the tokenizer counts no empty text.
    var counts = counter.wordCounts[...]
    if !article.title.isEmpty { state.titleWordCount += Int64(counts.popFirst() ?? 0) }
    if !article.body.isEmpty { state.bodyWordCount += Int64(counts.popFirst() ?? 0) }
    state.articleCount = number
    addedCount += 1
    return .added
  }

  /// Writes the sums, and merges the FTS5 index where most of it is new.
  mutating func finish(on database: Database) throws {
    state.generation += 1
    try state.store(on: database)
    // One segment answers fastest; merging costs a tenth of a first load, and is not worth it for a few articles more.
    if addedCount >= 256, addedCount * 2 >= state.articleCount {
      try database.run("INSERT INTO words(words) VALUES ('optimize')")
    }
  }

  private func bind(_ article: Article, _ number: Int64, _ fingerprint: [UInt8]) throws {
    try addArticle.bind(number, at: 1)
    try addArticle.bind(Array(article.id.utf8), at: 2)
    try addArticle.bind(article.date?.description, at: 3)
    let days = [
      article.date.map { Int64($0.firstDay) }, article.date.map { Int64($0.lastDay) }, article.date.map { Int64($0.second) },
      article.date.map { Int64($0.precision.rawValue) }, article.date?.sortKey,
    ]
    for (index, value) in days.enumerated() { try addArticle.bind(value, at: Int32(4 + index)) }
    try addArticle.bind(article.title, at: 9)
    try addArticle.bind(article.url, at: 10)
    try addArticle.bind(article.origin, at: 11)
    try addArticle.bind(fingerprint, at: 12)
    var index: Int32 = 13
    for field in KeywordField.allCases {
      let value = article.keywords[field]
      try addArticle.bind(value, at: index)
      try addArticle.bind(value.map { Analyzer().keyword($0) }, at: index + 1)
      index += 2
    }
  }
}
