/// What the game asks of a query.
enum GameCommand: Hashable {
  /// The number of matching articles.
  case count
  /// The best `limit` articles, and where it is asked for the exact number of all that match.
  case top(limit: Int, counts: Bool)

  /// Reads `COUNT`, `TOP_10`, `TOP_10_COUNT` and their like; nil for what Lede does not do.
  init?(_ text: String) {
    if text == "COUNT" {
      self = .count
      return
    }
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0] == "TOP", let limit = Int(parts[1]), limit > 0 else { return nil }
    guard parts.count == 2 || parts[2] == "COUNT" else { return nil }
    self = .top(limit: limit, counts: parts.count == 3)
  }
}
