extension Query {
  /// The query with every condition on a keyword or a date answered for one article: by everything if it holds, by nothing if
  /// not.
  ///
  /// What is left can be judged from the article's words alone, so that ``matchedIntervals(in:)`` of it is exact.
  /// `keywords` holds values in their compared form.
  ///
  /// Complexity: O(number of nodes · depth).
  package func answeringFilters(keywords: [KeywordField: String], date: ArticleDate?) -> Query {
    func answered(_ part: Query) -> Query { part.answeringFilters(keywords: keywords, date: date) }
    switch self {
    case .everything, .nothing, .term, .phrase: return self
    case .keyword(let keyword): return keywords[keyword.field] == keyword.value ? .everything : .nothing
    case .date(let range): return date.map(range.overlaps) ?? false ? .everything : .nothing
    case .and(let parts): return .and(parts.map(answered))
    case .or(let parts): return .or(parts.map(answered))
    case .not(let part): return .not(answered(part))
    case .required(let part, let optional): return .required(answered(part), optional: optional.map(answered))
    case .boosted(let part, let weight): return .boosted(answered(part), by: weight)
    }
  }
}
