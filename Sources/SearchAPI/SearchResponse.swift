import QueryLanguage

/// The hits of a search, in order.
public struct SearchResponse: Hashable, Sendable {
  /// The hits from the request's offset on, at most its limit.
  public var hits: [SearchHit]
  /// The exact number of matching articles, where the request asked for it.
  public var matchCount: Int?

  /// Makes a response.
  public init(hits: [SearchHit], matchCount: Int?) {
    self.hits = hits
    self.matchCount = matchCount
  }
}

/// One article found.
public struct SearchHit: Hashable, Sendable {
  /// The article's id.
  public var id: String
  /// Its score; 0 for conditions that only filter.
  public var score: Double
  /// Its headline, with the matched words marked where a passage was asked for.
  public var title: MarkedText
  /// Its date.
  public var date: ArticleDate?
  /// Its whole values for filters, by column.
  public var keywords: [KeywordField: String]
  /// Where it can be read.
  public var url: String?
  /// The best passage of its body, where one was asked for and the index stores the text.
  public var passage: MarkedText?

  /// Makes a hit.
  public init(
    id: String, score: Double, title: MarkedText, date: ArticleDate?, keywords: [KeywordField: String], url: String?,
    passage: MarkedText?
  ) {
    self.id = id
    self.score = score
    self.title = title
    self.date = date
    self.keywords = keywords
    self.url = url
    self.passage = passage
  }
}

/// Text and the places in it that matched.
public struct MarkedText: Hashable, Sendable {
  /// The text as the article has it.
  public var text: String
  /// The matched places: offsets into the text's UTF-8, ascending, not overlapping, each on character borders.
  public var marks: [Range<Int>]
  /// Whether text was left out before it.
  public var isCutBefore: Bool
  /// Whether text was left out after it.
  public var isCutAfter: Bool

  /// Makes marked text.
  public init(_ text: String, marks: [Range<Int>] = [], isCutBefore: Bool = false, isCutAfter: Bool = false) {
    self.text = text
    self.marks = marks
    self.isCutBefore = isCutBefore
    self.isCutAfter = isCutAfter
  }
}
