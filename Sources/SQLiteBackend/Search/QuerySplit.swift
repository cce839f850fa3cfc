import QueryLanguage

/// A query as words that FTS5 finds, and conditions on columns that each row found must meet besides.
struct QuerySplit {
  /// The part that names words; text-only. Scores are its scores.
  var text: Query?
  /// Conditions without words, all of which must be met.
  var filters: [Query] = []

  /// Takes a query apart; nil where a condition stands inside a union, an exclusion of text or the like, so that it does not
  /// hold for the whole.
  init?(_ query: Query) {
    if query.isTextOnly {
      text = query
      return
    }
    if query.isFilterOnly {
      filters = [query]
      return
    }
    switch query {
    case .and(let parts):
      var texts: [Query] = []
      for part in parts {
        guard let split = QuerySplit(part) else { return nil }
        if let text = split.text { texts.append(text) }
        filters += split.filters
      }
      text = texts.count == 1 ? texts[0] : .and(texts)
    case .required(let part, let optional):
      guard optional.allSatisfy(\.isTextOnly), let split = QuerySplit(part) else { return nil }
      text = .required(split.text ?? .everything, optional: optional)
      filters = split.filters
    case .boosted(let part, let weight):
      guard let split = QuerySplit(part) else { return nil }
      text = split.text.map { .boosted($0, by: weight) }
      filters = split.filters
    default: return nil
    }
  }
}
