import QueryLanguage

/// One article of an archive, as a reader delivers it and as an index gives it back.
public struct Article: Hashable, Sendable {
  /// What names the article for ever: the record's own id, else the path relative to the indexed folder, with `#n` for the n-th
  /// record of a file. Never empty.
  public var id: String
  /// The headline; may be empty.
  public var title: String
  /// The text; may be empty.
  public var body: String
  /// The date as the article states it.
  public var date: ArticleDate?
  /// Whole values for filters, by column; absent where the article does not say.
  public var keywords: [KeywordField: String]
  /// Where the article can be read, if it says so.
  public var url: String?
  /// The file the article came from, with `#n` for the n-th record of it, as messages name it.
  public var origin: String

  /// Makes an article from its parts.
  public init(
    id: String, title: String = "", body: String = "", date: ArticleDate? = nil,
    keywords: [KeywordField: String] = [:], url: String? = nil, origin: String = ""
  ) {
    self.id = id
    self.title = title
    self.body = body
    self.date = date
    self.keywords = keywords
    self.url = url
    self.origin = origin
  }

  /// The text of one searched field.
  public subscript(field: TextField) -> String {
    switch field {
    case .title: title
    case .body: body
    }
  }
}
