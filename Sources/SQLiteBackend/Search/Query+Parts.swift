import QueryLanguage

extension Query {
  /// The queries directly below this one, in order.
  var parts: [Query] {
    switch self {
    case .everything, .nothing, .term, .phrase, .keyword, .date: []
    case .and(let parts), .or(let parts): parts
    case .not(let part), .boosted(let part, _): [part]
    case .required(let part, let optional): [part] + optional
    }
  }

  /// Whether only text decides: no keyword and no date stands anywhere in it.
  var isTextOnly: Bool {
    switch self {
    case .keyword, .date: false
    default: parts.allSatisfy(\.isTextOnly)
    }
  }

  /// Whether no text decides: no word and no phrase stands anywhere in it.
  var isFilterOnly: Bool {
    switch self {
    case .term, .phrase: false
    default: parts.allSatisfy(\.isFilterOnly)
    }
  }
}
