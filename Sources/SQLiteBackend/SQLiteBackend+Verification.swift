import Foundation
import GRDB
import QueryLanguage
import SearchAPI
import TextAnalysis

extension SQLiteBackend {
  /// Reads the whole file and checks SQLite's structures, FTS5's, and what one table says against the others.
  ///
  /// FTS5 can check itself only inside a write transaction, which is rolled back: the call waits for a writer of this process,
  /// and throws ``SearchError/locked(path:)`` while another process writes. SQLite keeps no checksums, so that a changed letter
  /// is found by the fingerprints of the article: one of its content, one of its row.
  public func verify() async throws -> VerificationReport {
    try await exclusively {
      let sizes = ["", "-wal"].compactMap { suffix in
        (try? FileManager.default.attributesOfItem(atPath: filePath + suffix)[.size] as? NSNumber)?.intValue
      }
      var problems: [VerificationReport.Problem] = []
      do {
        // A connection of its own, so that nothing is answered from memory.
        let queue = try DatabaseQueue(path: filePath, configuration: Connection.configuration(readonly: false))
        try queue.inDatabase { database in
          try database.run("BEGIN IMMEDIATE")
          defer { try? database.run("ROLLBACK") }
          problems = try IndexCheck(on: database).run()
        }
      } catch let error as DatabaseError {
        guard case .corrupt(let file, _, let reason) = mapping.searchError(error, "verify") else {
          throw mapping.searchError(error, "verify")
        }
        problems.append(VerificationReport.Problem(file: file, reason: reason))
      }
      return VerificationReport(byteCount: sizes.reduce(0, +), fileCount: sizes.count, problems: problems)
    }
  }
}

/// The checks of one index file.
struct IndexCheck {
  private let database: Database

  init(on database: Database) { self.database = database }

  func run() throws -> [VerificationReport.Problem] {
    var problems: [String] = []
    /// One damaged part must not keep the others from being looked at.
    func check(_ part: String, _ body: () throws -> [String]) {
      do { problems += try body() } catch { problems.append("\(part): \((error as? DatabaseError)?.message ?? "\(error)")") }
    }
    check("pages and indexes") { try structure() }
    check("words") { try words() }
    check("sums") { try sums() }
    check("articles") { try articles() }
    return problems.map { VerificationReport.Problem(file: Schema.fileName, reason: $0) }
  }

  /// What SQLite finds in its own structures; it stops after 100 problems.
  private func structure() throws -> [String] {
    let statement = try Statement("PRAGMA integrity_check", on: database)
    var problems: [String] = []
    while try statement.step() {
      if statement.text(0) != "ok" { problems.append(statement.text(0)) }
    }
    return problems
  }

  /// FTS5's check of its index, against the stored texts where there are any. It throws what it finds.
  private func words() throws -> [String] {
    let storesText = try IndexState(on: database).storesText
    try database.run("INSERT INTO words(words, rank) VALUES ('integrity-check', \(storesText ? 1 : 0))")
    return []
  }

  private func sums() throws -> [String] {
    let state = try IndexState(on: database)
    var problems: [String] = []
    func expect(_ value: Int64?, _ expected: Int64, _ what: String) {
      if value != expected { problems.append("\(what): \(value.map(String.init) ?? "none") where \(expected) are expected") }
    }
    expect(try database.integer("SELECT count(*) FROM article"), state.articleCount, "articles")
    expect(try database.integer("SELECT coalesce(max(number), 0) FROM article"), state.articleCount, "the last article's number")
    expect(try database.integer("SELECT count(*) FROM words_docsize"), state.articleCount, "articles with a length")
    if state.storesText {
      expect(try database.integer("SELECT count(*) FROM body JOIN article USING (number)"), state.articleCount, "texts")
    }
    expect(
      try database.integer("SELECT coalesce(sum(cnt), 0) FROM vocabulary WHERE col = 'title'"), state.titleWordCount,
      "words of titles")
    expect(
      try database.integer("SELECT coalesce(sum(cnt), 0) FROM vocabulary WHERE col = 'body'"), state.bodyWordCount,
      "words of texts")
    return problems
  }

  /// Compares the columns that filters and orders use with the values they come from, and each article with its fingerprints.
  private func articles() throws -> [String] {
    let storesText = try IndexState(on: database).storesText
    let compared = KeywordField.allCases.map(Schema.comparedColumn).joined(separator: ", ")
    let statement = try Statement(
      "SELECT number, fingerprint, row_fingerprint, date, last_day, sort_key, \(compared) FROM article", on: database)
    let rows = try ArticleRows(storesText: storesText, on: database)
    var problems: [String] = []
    while try statement.step() {
      let number = statement.integer(0)
      let article = try rows.article(number)
      let date = article.date
      let datesAgree =
        date == nil
        ? (3...5).allSatisfy { statement.isNull($0) }
        : statement.text(3) == date!.description && statement.integer(4) == Int64(date!.lastDay)
          && statement.integer(5) == date!.sortKey
      let keywordsAgree = KeywordField.allCases.enumerated().allSatisfy { offset, field in
        let column = Int32(6 + offset)
        return article.keywords[field].map { Array(Analyzer().keyword($0).utf8) }
          == (statement.isNull(column) ? nil : statement.bytes(column))
      }
      if !datesAgree { problems.append("article \(number): its dates disagree") }
      if !keywordsAgree { problems.append("article \(number): its keywords disagree") }
      // Without the text, the fingerprint of the whole cannot be made again.
      if storesText, ContentFingerprint(of: article).bytes != statement.bytes(1) {
        problems.append("article \(number): its content is not what was added")
      }
      if ContentFingerprint(ofRow: article, content: statement.bytes(1)).bytes != statement.bytes(2) {
        problems.append("article \(number): its row is not what was added")
      }
      if problems.count >= 100 { return problems }
    }
    return problems
  }
}
