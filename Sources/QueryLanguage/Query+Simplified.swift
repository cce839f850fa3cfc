extension Query {
  /// The query without what changes neither its matches nor its scores: parts that match everything or nothing, double
  /// complements, weights of what never scores.
  ///
  ///     a AND (b OR NOT *) AND * → a AND b        NOT NOT source:reuters → source:reuters        NOT NOT a stays: a would score
  ///
  /// Complexity: O(number of nodes · depth).
  public func simplified() -> Query { simplified(scoring: true) }

  /// Whether the query can add to a score.
  package var canScore: Bool {
    switch self {
    case .everything, .nothing, .keyword, .date, .not: false
    case .term, .phrase: true
    case .and(let parts), .or(let parts): parts.contains(where: \.canScore)
    case .required(let part, let optional): part.canScore || optional.contains(where: \.canScore)
    case .boosted(let part, let weight): weight != 0 && part.canScore
    }
  }

  /// The simplified query; under `not` scores do not count, and only the match set is kept.
  private func simplified(scoring: Bool) -> Query {
    switch self {
    case .everything, .nothing, .term, .keyword, .date: return self
    case .phrase(let phrase): return .words(phrase.terms, in: phrase.field)
    case .and(let parts): return .simplifiedAll(parts.map { $0.simplified(scoring: scoring) })
    case .or(let parts): return .simplifiedAny(parts.map { $0.simplified(scoring: scoring) }, scoring: scoring)
    case .not(let part):
      let part = part.simplified(scoring: false)
      if case .not(let inner) = part, !scoring || !inner.canScore { return inner }
      return .complement(part)
    case .required(let part, let optional):
      let part = part.simplified(scoring: scoring)
      guard scoring, part != .nothing else { return part }
      let optional = optional.map { $0.simplified(scoring: true) }.filter(\.canScore)
      return optional.isEmpty ? part : .required(part, optional: optional)
    case .boosted(let part, let weight):
      let part = part.simplified(scoring: scoring)
      return weight == 1 || !scoring || !part.canScore ? part : .boosted(part, by: weight)
    }
  }

  private static func simplifiedAll(_ parts: [Query]) -> Query {
    parts.contains(.nothing) ? .nothing : .all(parts.filter { $0 != .everything })
  }

  private static func simplifiedAny(_ parts: [Query], scoring: Bool) -> Query {
    let flat: [Query] = parts.flatMap(\.disjuncts).filter { $0 != .nothing }
    guard flat.contains(.everything) else { return .any(flat) }
    // All articles match; the other parts are there for their scores alone.
    return .any(flat.filter { scoring && $0.canScore } + [.everything])
  }
}
