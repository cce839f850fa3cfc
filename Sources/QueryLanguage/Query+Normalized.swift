extension Query {
  /// The query in its normal form: no `and` inside `and` or `or` inside `or`, none with fewer than two parts, no phrase of
  /// fewer than two words, no `required` without optional parts, no complement of everything or nothing.
  ///
  /// The match set and the score stay as they are. The parser gives normal forms only.
  ///
  /// Complexity: O(number of nodes · depth).
  public var normalized: Query {
    switch self {
    case .everything, .nothing, .term, .keyword, .date: self
    case .phrase(let phrase): .words(phrase.terms, in: phrase.field)
    case .and(let parts): .all(parts.map(\.normalized))
    case .or(let parts): .any(parts.map(\.normalized))
    case .not(let part): .complement(part.normalized)
    case .required(let part, let optional):
      optional.isEmpty ? part.normalized : .required(part.normalized, optional: optional.map(\.normalized))
    case .boosted(let part, let weight): .boosted(part.normalized, by: weight)
    }
  }

  /// The normal form of words side by side.
  static func words(_ words: [String], in field: TextField?) -> Query {
    switch words.count {
    case 0: .nothing
    case 1: .term(Term(words[0], in: field))
    default: .phrase(Phrase(words, in: field))
    }
  }

  /// The normal form of `and` over parts in normal form.
  static func all(_ parts: [Query]) -> Query {
    let flat = parts.flatMap(\.conjuncts)
    return flat.isEmpty ? .everything : flat.count == 1 ? flat[0] : .and(flat)
  }

  /// The normal form of `or` over parts in normal form.
  static func any(_ parts: [Query]) -> Query {
    let flat = parts.flatMap(\.disjuncts)
    return flat.isEmpty ? .nothing : flat.count == 1 ? flat[0] : .or(flat)
  }

  /// The normal form of `not` over a part in normal form.
  static func complement(_ part: Query) -> Query {
    switch part {
    case .everything: .nothing
    case .nothing: .everything
    default: .not(part)
    }
  }

  /// The parts of an `and`; any other query is its own only part.
  var conjuncts: [Query] { if case .and(let parts) = self { parts } else { [self] } }

  /// The parts of an `or`; any other query is its own only part.
  var disjuncts: [Query] { if case .or(let parts) = self { parts } else { [self] } }
}
