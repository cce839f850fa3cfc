import QueryLanguage

extension SearchRequest {
  /// Refuses a request that contradicts itself or exceeds a limit. Every backend calls it first.
  ///
  /// Limits: `limit` and `offset` not negative; k1 in 0...10^9; b in 0...1; field weights in 0...10^9; boosts finite and not
  /// negative, and so small that no sum of scores overflows; nesting up to ``Query/maximumDepth``.
  package func validate() throws(SearchError) {
    func require(_ condition: Bool, _ reason: String) throws(SearchError) {
      guard condition else { throw .invalidRequest(reason) }
    }
    try require(limit >= 0 && offset >= 0, "limit and offset must not be negative")
    try require(scoring.k1 >= 0 && scoring.k1 <= 1e9, "k1 must lie between 0 and 1e9")
    try require(scoring.b >= 0 && scoring.b <= 1, "b must lie between 0 and 1")
    for field in TextField.allCases {
      let weight = scoring.weight(of: field)
      try require(weight >= 0 && weight <= 1e9, "field weights must lie between 0 and 1e9")
    }
    try require(!query.isDeeper(than: Query.maximumDepth), "the query is nested deeper than \(Query.maximumDepth) levels")
    try require(query.boostsAreSound, "boosts must be finite and not negative")
    // An idf is below 64 in any archive that fits a disk.
    let largestScore = query.leaves.reduce(0) { $0 + 64 * Double($1.terms.count) * $1.weight }
    try require(largestScore < 0x1p1022, "the weights of the query are too large")
  }
}

extension Query {
  /// Whether the nesting exceeds a limit, found without going deeper than that.
  fileprivate func isDeeper(than limit: Int) -> Bool {
    if limit <= 0 { return true }
    return parts.contains { $0.isDeeper(than: limit - 1) }
  }

  fileprivate var boostsAreSound: Bool {
    if case .boosted(_, let weight) = self, !(weight >= 0 && weight.isFinite) { return false }
    return parts.allSatisfy(\.boostsAreSound)
  }

  private var parts: [Query] {
    switch self {
    case .everything, .nothing, .term, .phrase, .keyword, .date: []
    case .and(let parts), .or(let parts): parts
    case .not(let part), .boosted(let part, _): [part]
    case .required(let part, let optional): [part] + optional
    }
  }
}
