/// One part of a list of parts, with the sign and the operator before it.
struct QueryClause {
  /// What a prefix says about a part.
  enum Sign {
    case none
    /// `+a`
    case required
    /// `-a` and `NOT a`
    case excluded
  }

  /// What the part means without its sign; nil if it has no words.
  var query: Query?
  /// The sign before it.
  var sign: Sign
  /// Where it starts.
  var place: Range<Int>
  /// Whether an operator stands between it and the part before.
  var followsOperator = false

  init(_ query: Query?, sign: Sign = .none, at place: Range<Int>) {
    self.query = query
    self.sign = sign
    self.place = place
  }

  /// The part by itself, an excluded one as its complement.
  var complemented: Query? { sign == .excluded ? query.map(Query.complement) : query }

  /// All the parts; a sign stays one only on a part that is left alone.
  static func intersection(_ clauses: [QueryClause]) -> QueryClause {
    let kept = clauses.filter { $0.query != nil }
    if kept.count == 1 { return kept[0] }
    guard let first = clauses.first else { return QueryClause(nil, at: 0..<0) }
    return QueryClause(kept.isEmpty ? nil : .all(kept.compactMap(\.complemented)), at: first.place)
  }

  /// Any of the parts, as Lucene reads signs: a required part must match and makes the others optional, an excluded part must
  /// not match.
  ///
  /// An excluded part that is joined by an operator of its own, `a OR -b`, is a part like the others: everything but b.
  static func union(_ clauses: [QueryClause]) -> Query? {
    var required: [Query] = []
    var optional: [Query] = []
    var excluded: [Query] = []
    for (index, clause) in clauses.enumerated() {
      guard let query = clause.query else { continue }
      let isJoined = clause.followsOperator || index == 0 && clauses.count > 1 && clauses[1].followsOperator
      switch clause.sign {
      case .none: optional.append(query)
      case .required: required.append(query)
      case .excluded where isJoined: optional.append(.complement(query))
      case .excluded: excluded.append(.complement(query))
      }
    }
    let base: [Query] =
      if required.isEmpty {
        optional.isEmpty ? [] : [.any(optional)]
      } else {
        [optional.isEmpty ? .all(required) : .required(.all(required), optional: optional)]
      }
    return base.isEmpty && excluded.isEmpty ? nil : .all(base + excluded)
  }
}
