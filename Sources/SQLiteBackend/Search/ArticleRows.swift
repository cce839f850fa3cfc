import GRDB
import QueryLanguage
import SearchAPI

/// Reads articles from their rows, by number.
struct ArticleRows {
  private static let shared =
    ["id", "title", "first_day", "second", "precision", "url"] + KeywordField.allCases.map(Schema.column)

  private let storesText: Bool
  private let lookup: Statement

  init(storesText: Bool, on database: Database) throws {
    self.storesText = storesText
    let body = storesText ? "(SELECT text FROM body WHERE body.number = article.number)" : "NULL"
    let columns = (Self.shared + ["origin", body]).joined(separator: ", ")
    lookup = try Statement(kept: "SELECT \(columns) FROM article WHERE number = ?1", on: database)
  }

  /// The article with this number.
  func article(_ number: Int64) throws -> Article {
    try lookup.bind(number, at: 1)
    defer { lookup.reset() }
    guard try lookup.step() else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an indexed article is missing from the table article")
    }
    var keywords: [KeywordField: String] = [:]
    for (offset, field) in KeywordField.allCases.enumerated() where !lookup.isNull(Int32(6 + offset)) {
      keywords[field] = lookup.text(Int32(6 + offset))
    }
    let next = Int32(Self.shared.count)
    return Article(
      id: String(decoding: lookup.bytes(0), as: UTF8.self), title: lookup.text(1), body: lookup.text(next + 1), date: try date(),
      keywords: keywords, url: lookup.isNull(5) ? nil : lookup.text(5), origin: lookup.text(next))
  }

  private func date() throws -> ArticleDate? {
    guard !lookup.isNull(2) else { return nil }
    // A date of a damaged row must not get into the calendar's arithmetic.
    guard (-5_000_000...5_000_000).contains(lookup.integer(2)), (0..<86_400).contains(lookup.integer(3)),
      let precision = UInt8(exactly: lookup.integer(4)).flatMap(ArticleDate.Precision.init)
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an article has an impossible date") }
    return ArticleDate(firstDay: Int32(lookup.integer(2)), second: Int32(lookup.integer(3)), precision: precision)
  }
}
