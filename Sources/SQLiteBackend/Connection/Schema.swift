import GRDB
import QueryLanguage
import SearchAPI
import TextAnalysis

/// The tables of an index file.
///
/// | table | holds |
/// |---|---|
/// | `article` | one row an article: what a result list shows, what filters and orders compare, the fingerprints of its content and of the row |
/// | `body` | the texts, apart, so that the rows of `article` stay small; no such table where text is not stored |
/// | `words` | the FTS5 index over title and body; its document numbers are `article.number` |
/// | `state` | one row: which analyzer made the words, whether text is stored, and the sums that scores need |
///
/// At every commit the numbers are 1 to N without gaps, in no order: when an article goes, the last one takes its number. So arrays
/// and bit sets by number need no more room than there are articles, and the complement of a set needs no look at the tables.
enum Schema {
  /// The format that this version writes, kept in SQLite's `user_version`. A higher one is refused.
  static let version: Int64 = 2
  /// `Lede` in ASCII, kept in SQLite's `application_id`.
  static let applicationID: Int64 = 0x4C65_6465
  static let fileName = "lede.sqlite"

  /// The column that holds a keyword as the article has it.
  static func column(of field: KeywordField) -> String { field.rawValue }
  /// The column that holds a keyword in its compared form.
  static func comparedColumn(of field: KeywordField) -> String { field.rawValue + "_compared" }

  /// Creates the tables of an empty index, in the transaction that the caller holds open.
  static func create(on database: Database, storesText: Bool) throws {
    let keywordColumns = KeywordField.allCases.map { "\(column(of: $0)) TEXT, \(comparedColumn(of: $0)) TEXT" }
    try database.run(
      """
      CREATE TABLE article(
        number INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        date TEXT, first_day INTEGER, last_day INTEGER, second INTEGER, precision INTEGER, sort_key INTEGER,
        \(keywordColumns.joined(separator: ", ")),
        title TEXT NOT NULL, url TEXT, origin TEXT NOT NULL,
        fingerprint BLOB NOT NULL, row_fingerprint BLOB NOT NULL
      ) STRICT
      """)
    try database.run("CREATE INDEX article_days ON article(first_day, last_day) WHERE first_day IS NOT NULL")
    try database.run("CREATE INDEX article_order ON article(sort_key DESC, id)")
    for column in KeywordField.allCases.map(comparedColumn) {
      try database.run("CREATE INDEX article_\(column) ON article(\(column)) WHERE \(column) IS NOT NULL")
    }
    if storesText {
      try database.run("CREATE TABLE body(number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
      try database.run("CREATE VIEW content AS SELECT number, title, text AS body FROM article JOIN body USING (number)")
    }
    // detail=full: phrases, and occurrences by field, need positions.
    let content = storesText ? "content='content', content_rowid='number'" : "content=''"
    try database.run("CREATE VIRTUAL TABLE words USING fts5(title, body, \(content), tokenize='\(AnalyzerTokenizer.name)')")
    try database.run("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, col)")
    // The default of 1 MiB flushes a segment every few hundred articles, and merging those is most of the work.
    try database.run("INSERT INTO words(words, rank) VALUES ('hashsize', \(64 << 20))")
    try database.run(
      """
      CREATE TABLE state(
        analyzer TEXT NOT NULL, stores_text INTEGER NOT NULL, generation INTEGER NOT NULL,
        article_count INTEGER NOT NULL, title_words INTEGER NOT NULL, body_words INTEGER NOT NULL
      ) STRICT
      """)
    let statement = try Statement("INSERT INTO state VALUES (?1, ?2, 0, 0, 0, 0)", on: database)
    try statement.bind(Analyzer.fingerprint, at: 1)
    try statement.bind(storesText ? 1 : 0, at: 2)
    try statement.run()
    try database.run("PRAGMA application_id = \(applicationID)")
    try database.run("PRAGMA user_version = \(version)")
  }
}

/// The row of the table `state`: what every search and every change needs to know of the whole index.
struct IndexState {
  var analyzer: String
  var storesText: Bool
  /// Grows by one with every commit.
  var generation: Int64
  var articleCount: Int64
  var titleWordCount: Int64
  var bodyWordCount: Int64

  init(on database: Database) throws {
    let statement = try Statement(
      kept: "SELECT analyzer, stores_text, generation, article_count, title_words, body_words FROM state", on: database)
    guard try statement.step() else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the table state is empty") }
    analyzer = statement.text(0)
    storesText = statement.integer(1) != 0
    generation = statement.integer(2)
    articleCount = statement.integer(3)
    titleWordCount = statement.integer(4)
    bodyWordCount = statement.integer(5)
    // The numbers size arrays and are added: those of a damaged or hostile row must not get that far. A row of an article takes
    // more than 16 bytes of the file.
    let fileSize = try (database.integer("PRAGMA page_count") ?? 0) * (database.integer("PRAGMA page_size") ?? 0)
    let limit: Int64 = 1 << 50
    guard articleCount >= 0, articleCount <= fileSize / 16, (0...limit).contains(titleWordCount),
      (0...limit).contains(bodyWordCount)
    else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the table state holds impossible numbers")
    }
  }

  /// Writes the numbers that a transaction has changed.
  func store(on database: Database) throws {
    let statement = try Statement(
      "UPDATE state SET generation = ?1, article_count = ?2, title_words = ?3, body_words = ?4", on: database)
    for (index, value) in [generation, articleCount, titleWordCount, bodyWordCount].enumerated() {
      try statement.bind(value, at: Int32(index + 1))
    }
    try statement.run()
  }
}
