import QueryLanguage
import SearchAPI

/// The parts of an article as a record states them, all as text; nil where it is silent.
struct RecordFields {
  var id: String?
  var title: String?
  var body: String?
  var date: String?
  /// The date, where the reader knows better how to read it; `date` is then only what a message shows.
  var readDate: ArticleDate?
  var url: String?
  var source: String?
  var section: String?
  var author: String?
  var language: String?

  subscript(target: FieldMapping.Target) -> String? {
    get {
      switch target {
      case .id: id
      case .title: title
      case .body: body
      case .date: date
      case .url: url
      case .source: source
      case .section: section
      case .author: author
      case .language: language
      }
    }
    set {
      switch target {
      case .id: id = newValue
      case .title: title = newValue
      case .body: body = newValue
      case .date: date = newValue
      case .url: url = newValue
      case .source: source = newValue
      case .section: section = newValue
      case .author: author = newValue
      case .language: language = newValue
      }
    }
  }

  /// The article these parts make, or why it is too large. `origin` is the record's place in its file, and the id of a record
  /// that has none.
  func article(origin: String, in context: ReaderContext) -> Result<Article, TooLarge> {
    let byteCount = (title?.utf8.count ?? 0) + (body?.utf8.count ?? 0)
    guard byteCount <= context.options.maximumArticleBytes else {
      return .failure(TooLarge(byteCount: byteCount, limit: context.options.maximumArticleBytes))
    }
    var article = Article(id: id.flatMap { $0.isEmpty ? nil : $0 } ?? origin, origin: origin)
    article.title = title ?? ""
    article.body = body ?? ""
    article.url = url.flatMap { $0.isEmpty ? nil : $0 }
    for (field, value) in [(KeywordField.source, source), (.section, section), (.author, author), (.language, language)] {
      if let value, !value.isEmpty { article.keywords[field] = value }
    }
    article.date = readDate
    if article.date == nil, let date, !date.utf8.allSatisfy(isWhitespace) {
      article.date = ArticleDate(written: date)
      if article.date == nil { context.tally.noteUnreadableDate(date, origin: origin) }
    }
    return .success(article)
  }

  /// Why an article was not taken.
  struct TooLarge: Error {
    let byteCount: Int
    let limit: Int

    var reason: String { "the article has \(byteText(byteCount)) of text, more than the \(byteText(limit)) an article may have" }
  }
}
