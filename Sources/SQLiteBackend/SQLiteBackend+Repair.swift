import GRDB
import QueryLanguage
import SearchAPI

extension SQLiteBackend {
  /// Makes FTS5's index, SQLite's own indexes and the sums anew from the stored articles, in one transaction of SQLite.
  ///
  /// An article whose content or row is not what was added is lost: its row, as it is, goes to the table `damaged_article` of the same file.
  /// Where the file is damaged so far that the check still finds something afterwards, everything is undone, and the report says so. An
  /// index without texts has nothing to be made anew from.
  public func repair() async throws -> RepairReport {
    try await exclusively {
      try mapping("repair") {
        let counter = WordCounter()
        let queue = try DatabaseQueue(path: filePath, configuration: Connection.configuration(readonly: false, counter: counter))
        return try queue.inDatabase { database in
          try database.run("BEGIN IMMEDIATE")
          do {
            let report = try IndexFileRepair(counter, on: database).run()
            try database.run(report.obstacle == nil && !report.problems.isEmpty ? "COMMIT" : "ROLLBACK")
            _ = try? database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
            return report
          } catch {
            try? database.run("ROLLBACK")
            throw error
          }
        }
      }
    }
  }
}

/// The repair of one index file inside a transaction.
private struct IndexFileRepair {
  private static let asideTable = "damaged_article"

  private let database: Database
  private let counter: WordCounter

  init(_ counter: WordCounter, on database: Database) {
    self.counter = counter
    self.database = database
  }

  func run() throws -> RepairReport {
    var report = RepairReport(problems: try IndexCheck(on: database).run())
    guard !report.problems.isEmpty else { return report }
    do {
      guard try IndexState(on: database).storesText else {
        report.obstacle =
          "The index stores no text, so that there is nothing to make its damaged parts anew from. Index the archive again, into a new folder."
        return report
      }
      try rebuild(&report)
      let remaining = try IndexCheck(on: database).run()
      if let first = remaining.first { report.obstacle = obstacle(first.reason) }
    } catch let error as DatabaseError {
      // The file itself does not hold together; everything done so far is undone.
      guard error.resultCode != .SQLITE_FULL, error.resultCode != .SQLITE_IOERR else { throw error }
      report.obstacle = obstacle(error.message ?? "\(error)")
    }
    if report.obstacle != nil { report = RepairReport(problems: report.problems, obstacle: report.obstacle) }
    return report
  }

  private func obstacle(_ reason: String) -> String {
    "The file is damaged where SQLite itself stores its rows (\(reason)), so that nothing was changed. Index the archive again, into a new folder."
  }

  private func rebuild(_ report: inout RepairReport) throws {
    try database.run("REINDEX")
    // A missing text counts as an empty one, which the article's fingerprint confirms or not.
    try database.run("INSERT INTO body SELECT number, '' FROM article WHERE number NOT IN (SELECT number FROM body)")
    try database.run("INSERT INTO words(words) VALUES ('rebuild')")
    report.rebuiltParts = ["words and positions", "orders and filters", "sums"]
    try database.run(
      """
      UPDATE state SET generation = generation + 1, article_count = (SELECT count(*) FROM article),
        title_words = (SELECT coalesce(sum(cnt), 0) FROM vocabulary WHERE col = 'title'),
        body_words = (SELECT coalesce(sum(cnt), 0) FROM vocabulary WHERE col = 'body')
      """)
    let lost = try lostArticles()
    report.recoveredArticleCount = Int(try IndexState(on: database).articleCount) - lost.count
    guard !lost.isEmpty else { return }
    try keepAside(lost.map(\.number))
    report.keptAside = ["\(Schema.fileName), table \(Self.asideTable)"]
    report.lostArticles = lost.map { article in
      RepairReport.Loss(article: article.id, file: Schema.fileName, reason: article.reason)
    }
    var session = try WritingSession(counter, on: database)
    try session.delete(lost.map(\.number))
    try session.finish(on: database)
  }

  /// The articles whose fingerprints are not those of their content and row, and which of the two it is.
  private func lostArticles() throws -> [(number: Int64, id: String, reason: String)] {
    let rows = try ArticleRows(storesText: true, on: database)
    let statement = try Statement("SELECT number, fingerprint, row_fingerprint, id FROM article", on: database)
    var lost: [(number: Int64, id: String, reason: String)] = []
    while try statement.step() {
      let number = statement.integer(0)
      let id = String(decoding: statement.bytes(3), as: UTF8.self)
      guard let article = try? rows.article(number) else {
        lost.append((number, id, "its row cannot be read"))
        continue
      }
      let content = ContentFingerprint(of: article).bytes
      if content != statement.bytes(1) {
        lost.append((number, id, "its content is not what was added"))
      } else if ContentFingerprint(ofRow: article, content: content).bytes != statement.bytes(2) {
        lost.append((number, id, "its row is not what was added"))
      }
    }
    return lost
  }

  private func keepAside(_ numbers: [Int64]) throws {
    try database.run(
      "CREATE TABLE IF NOT EXISTS \(Self.asideTable) AS SELECT article.*, text FROM article JOIN body USING (number) WHERE FALSE")
    let copy = try Statement(
      "INSERT INTO \(Self.asideTable) SELECT article.*, text FROM article JOIN body USING (number) WHERE number = ?1",
      on: database)
    for number in numbers {
      try copy.bind(number, at: 1)
      try copy.run()
    }
  }
}
