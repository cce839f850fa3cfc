import GRDB
import QueryLanguage
import SearchAPI

extension SQLiteBackend {
  /// What the index holds and how large its parts are. Reads the whole word list.
  public func statistics() async throws -> IndexStatistics {
    try await read("read") { database in
      let state = try IndexState(on: database)
      return IndexStatistics(
        articleCount: Int(state.articleCount),
        wordCount: Int(state.titleWordCount + state.bodyWordCount),
        distinctWordCount: Int(try database.integer("SELECT count(DISTINCT term) FROM vocabulary") ?? 0),
        dates: try Self.dates(on: database),
        segmentCount: 1, storesText: state.storesText,
        partSizes: try Self.partSizes(on: database))
    }
  }

  private static func dates(on database: Database) throws -> ClosedRange<String>? {
    // The order of dates: first moment, then the coarser one.
    let columns = "date FROM article WHERE sort_key IS NOT NULL"
    let first = try Statement("SELECT \(columns) ORDER BY sort_key, precision LIMIT 1", on: database)
    let last = try Statement("SELECT \(columns) ORDER BY sort_key DESC, precision DESC LIMIT 1", on: database)
    guard try first.step(), try last.step() else { return nil }
    // ISO 8601 texts of a damaged file need not be in order.
    guard first.text(0) <= last.text(0) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "dates are out of order")
    }
    return first.text(0)...last.text(0)
  }

  /// The bytes of the file by what they hold, from the page counts of SQLite's `dbstat` where this SQLite has it.
  private static func partSizes(on database: Database) throws -> [IndexStatistics.Part] {
    let whole = Int((try database.integer("PRAGMA page_count") ?? 0) * (try database.integer("PRAGMA page_size") ?? 0))
    var sizes: [String: Int] = [:]
    if let statement = try? Statement("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE", on: database) {
      while try statement.step() { sizes[part(of: statement.text(0)), default: 0] += Int(statement.integer(1)) }
    }
    let named = ["words and positions", "article lengths", "texts", "articles", "orders and filters"].compactMap { name in
      sizes[name].map { IndexStatistics.Part(name: name, byteCount: $0) }
    }
    let rest = whole - named.reduce(0) { $0 + $1.byteCount }
    return named + (rest > 0 ? [IndexStatistics.Part(name: "bookkeeping", byteCount: rest)] : [])
  }

  private static func part(of table: String) -> String {
    switch table {
    case "words_data", "words_idx": "words and positions"
    case "words_docsize": "article lengths"
    case "body": "texts"
    case "article": "articles"
    case _ where table.hasPrefix("article_") || table.hasPrefix("sqlite_autoindex_article"): "orders and filters"
    default: "bookkeeping"
    }
  }
}
