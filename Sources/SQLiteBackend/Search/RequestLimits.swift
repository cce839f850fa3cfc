import QueryLanguage
import SearchAPI

extension SearchRequest {
  /// Throws ``SearchError/invalidRequest(_:)`` where the request contradicts itself or exceeds a limit.
  func validate() throws {
    func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws {
      guard condition else { throw SearchError.invalidRequest(reason()) }
    }
    try require(limit >= 0 && offset >= 0, "limit and offset must not be negative")
    try require((0...1e9).contains(scoring.k1), "k1 must lie between 0 and 1e9")
    try require((0...1).contains(scoring.b), "b must lie between 0 and 1")
    try require(
      TextField.allCases.allSatisfy { (0...1e9).contains(scoring.weight(of: $0)) }, "field weights must lie between 0 and 1e9")
    try require(query.fits(depth: Query.maximumDepth), "the query is nested deeper than \(Query.maximumDepth) levels")
    try require(query.hasSoundBoosts, "boosts must be finite and not negative")
  }
}

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

  /// Whether the nesting keeps to a limit, found without going deeper than that.
  fileprivate func fits(depth: Int) -> Bool {
    depth > 0 && parts.allSatisfy { $0.fits(depth: depth - 1) }
  }

  fileprivate var hasSoundBoosts: Bool {
    if case .boosted(_, let weight) = self, !(weight >= 0 && weight.isFinite) { return false }
    return parts.allSatisfy(\.hasSoundBoosts)
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
