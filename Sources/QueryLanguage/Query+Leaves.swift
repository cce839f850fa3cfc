extension Query {
  /// One word or phrase that can add to the score.
  package struct Leaf: Hashable, Sendable {
    /// Its words side by side; a single one for a word.
    package var terms: [String]
    /// The field it must stand in, or nil for any.
    package var field: TextField?
    /// The product of the weights above it.
    package var weight: Double

    /// Makes a leaf.
    package init(terms: [String], field: TextField? = nil, weight: Double = 1) {
      self.terms = terms
      self.field = field
      self.weight = weight
    }
  }

  /// The words and phrases that can add to the score, in order, with the product of the weights above each; none from under
  /// `not`.
  ///
  /// A word that occurs twice in the query is two leaves: both add to the score.
  ///
  ///     a^2 AND NOT b OR "c d" → [a] weight 2, [c d] weight 1
  ///
  /// Complexity: O(number of nodes).
  package var leaves: [Leaf] {
    var leaves: [Leaf] = []
    appendLeaves(weight: 1, to: &leaves)
    return leaves
  }

  private func appendLeaves(weight: Double, to leaves: inout [Leaf]) {
    switch self {
    case .everything, .nothing, .keyword, .date, .not: break
    case .term(let term): leaves.append(Leaf(terms: [term.text], field: term.field, weight: weight))
    case .phrase(let phrase): leaves.append(Leaf(terms: phrase.terms, field: phrase.field, weight: weight))
    case .and(let parts), .or(let parts): for part in parts { part.appendLeaves(weight: weight, to: &leaves) }
    case .required(let part, let optional):
      part.appendLeaves(weight: weight, to: &leaves)
      for part in optional { part.appendLeaves(weight: weight, to: &leaves) }
    case .boosted(let part, let factor): part.appendLeaves(weight: weight * factor, to: &leaves)
    }
  }
}

extension Query {
  /// The largest weight that query text may give, and the largest product of weights above one leaf.
  ///
  /// It keeps scores finite whatever people type; a query made in code is its maker's care.
  public static let maximumWeight = 1_000.0

  /// Whether the weights above each leaf multiply to at most ``maximumWeight``.
  var hasModestWeights: Bool { leaves.allSatisfy { $0.weight <= Query.maximumWeight } }

  /// The query with every weight taken away.
  var withoutWeights: Query {
    switch self {
    case .everything, .nothing, .term, .phrase, .keyword, .date: self
    case .and(let parts): .all(parts.map(\.withoutWeights))
    case .or(let parts): .any(parts.map(\.withoutWeights))
    case .not(let part): .complement(part.withoutWeights)
    case .required(let part, let optional): .required(part.withoutWeights, optional: optional.map(\.withoutWeights))
    case .boosted(let part, _): part.withoutWeights
    }
  }
}
