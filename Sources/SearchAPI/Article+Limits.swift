extension Article {
  /// The most bytes of text an article may have, title and body together.
  public static let maximumTextByteCount = 16 << 20
  /// The most bytes an id may have.
  public static let maximumIDByteCount = 65_535

  /// Why no backend takes this article, or nil where it may be added.
  public var refusalReason: String? {
    if id.isEmpty { return "its id is empty" }
    if id.utf8.count > Article.maximumIDByteCount { return "its id exceeds 65,535 bytes" }
    if title.utf8.count + body.utf8.count > Article.maximumTextByteCount { return "its text exceeds 16 MiB" }
    return nil
  }
}
