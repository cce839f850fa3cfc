import QueryLanguage

extension Article {
  /// The most bytes of text an article may have, title and body together.
  public static let maximumTextByteCount = 16 << 20
  /// The most bytes an id may have.
  public static let maximumIDByteCount = 65_535

  /// The most bytes that keywords, address and origin may have together.
  public static let maximumKeywordByteCount = 1 << 20

  /// Why no backend takes this article, or nil where it may be added.
  public var refusalReason: String? {
    if id.isEmpty { return "its id is empty" }
    if id.utf8.count > Article.maximumIDByteCount { return "its id exceeds 65,535 bytes" }
    if title.utf8.count + body.utf8.count > Article.maximumTextByteCount { return "its text exceeds 16 MiB" }
    let extra = [url ?? "", origin] + keywords.values
    if extra.reduce(0, { $0 + $1.utf8.count }) > Article.maximumKeywordByteCount {
      return "its keywords, address and origin exceed 1 MiB"
    }
    if let date, !date.isWithinCalendar { return "its date lies outside the years 1 to 9999" }
    return nil
  }
}
