@_exported import QueryLanguage
import SearchAPI

extension Article {
  /// An article for a test.
  init(
    _ id: String, _ body: String = "", title: String = "", date: String? = nil, _ keywords: [KeywordField: String] = [:],
    url: String? = nil
  ) {
    self.init(
      id: id, title: title, body: body, date: date.flatMap { ArticleDate($0) }, keywords: keywords, url: url,
      origin: "archive.jsonl#1")
  }
}

extension Query {
  static func word(_ text: String, in field: TextField? = nil) -> Query { .term(Term(text, in: field)) }
  static func words(_ text: String, in field: TextField? = nil) -> Query {
    .phrase(Phrase(text.split(separator: " ").map(String.init), in: field))
  }
  static func dates(_ first: String, _ last: String) -> Query {
    .date(DateRange(firstDay: ArticleDate(first)!.firstDay, lastDay: ArticleDate(last)!.lastDay))
  }
  static func date(_ text: String) -> Query { .dates(text, text) }
}
