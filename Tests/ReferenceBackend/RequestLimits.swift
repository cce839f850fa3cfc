import QueryLanguage
import SearchAPI

extension SearchRequest {
  /// Throws ``SearchError/invalidRequest(_:)`` where the request contradicts itself or exceeds a limit that holds on every
  /// backend.
  func validateByDefinition() throws {
    func require(_ condition: Bool, _ reason: String) throws {
      guard condition else { throw SearchError.invalidRequest(reason) }
    }
    let weights = TextField.allCases.map { scoring.weight(of: $0) }
    try require(limit >= 0 && offset >= 0, "limit and offset must not be negative")
    try require(scoring.k1 >= 0 && scoring.k1 <= 1e9, "k1 must lie between 0 and 1e9")
    try require(scoring.b >= 0 && scoring.b <= 1, "b must lie between 0 and 1")
    try require(weights.allSatisfy { $0 >= 0 && $0 <= 1e9 }, "field weights must lie between 0 and 1e9")
    try require(!query.isDeeper(than: Query.maximumDepth), "the query is nested deeper than \(Query.maximumDepth) levels")
    try require(query.boosts.allSatisfy { $0 >= 0 && $0.isFinite }, "boosts must be finite and not negative")
  }
}

extension Query {
  /// Whether the nesting exceeds a limit, found without going deeper than that.
  fileprivate func isDeeper(than limit: Int) -> Bool {
    guard limit > 0 else { return true }
    return parts.contains { $0.isDeeper(than: limit - 1) }
  }

  fileprivate var boosts: [Double] {
    let below = parts.flatMap(\.boosts)
    if case .boosted(_, let weight) = self { return [weight] + below }
    return below
  }

  /// The queries directly below this one.
  private var parts: [Query] {
    switch self {
    case .everything, .nothing, .term, .phrase, .keyword, .date: []
    case .and(let parts), .or(let parts): parts
    case .not(let part), .boosted(let part, _): [part]
    case .required(let part, let optional): [part] + optional
    }
  }
}
