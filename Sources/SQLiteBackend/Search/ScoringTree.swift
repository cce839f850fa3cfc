import QueryLanguage

/// The structure of a text-only query over numbered leaves: decides which leaves add to an article's score.
///
/// It never tells whether an article matches: FTS5 has found that already.
indirect enum ScoringTree {
  case constant(Bool)
  case leaf(Int)
  case and([ScoringTree])
  case or([ScoringTree])
  case not(ScoringTree)
  case required(ScoringTree, optional: [ScoringTree])

  /// The tree of a text-only query; leaves are numbered in the order of the query.
  init(_ query: Query) {
    var count = 0
    self.init(query, &count)
  }

  private init(_ query: Query, _ count: inout Int) {
    switch query {
    case .everything: self = .constant(true)
    case .nothing, .keyword, .date: self = .constant(false)
    case .term, .phrase:
      self = .leaf(count)
      count += 1
    case .and(let parts): self = .and(parts.map { ScoringTree($0, &count) })
    case .or(let parts): self = .or(parts.map { ScoringTree($0, &count) })
    case .not(let part): self = .not(ScoringTree(part, &count))
    case .boosted(let part, _): self.init(part, &count)
    case .required(let part, let optional):
      let part = ScoringTree(part, &count)
      self = .required(part, optional: optional.map { ScoringTree($0, &count) })
    }
  }

  /// What the tree adds, given what each leaf would; nil where it does not match. A leaf that does not occur is nil.
  func score(_ contributions: [Double?]) -> Double? {
    switch self {
    case .constant(let matches): return matches ? 0 : nil
    case .leaf(let number): return contributions[number]
    case .and(let parts):
      var sum = 0.0
      for part in parts {
        guard let score = part.score(contributions) else { return nil }
        sum += score
      }
      return sum
    case .or(let parts):
      var sum: Double?
      for part in parts {
        if let score = part.score(contributions) { sum = (sum ?? 0) + score }
      }
      return sum
    case .not(let part): return part.score(contributions) == nil ? 0 : nil
    case .required(let part, let optional):
      guard var sum = part.score(contributions) else { return nil }
      for part in optional { sum += part.score(contributions) ?? 0 }
      return sum
    }
  }

  /// Whether every leaf that occurs in a matching article adds to its score. `mayFail` says that the tree need not match where
  /// the whole does.
  ///
  ///     a AND (b OR c)   → true          (a AND b) OR c   → false: where c alone makes the article match, an a adds nothing
  func isPlainSum(mayFail: Bool = false) -> Bool {
    switch self {
    case .constant, .leaf, .not: true
    case .and(let parts): !mayFail && parts.allSatisfy { $0.isPlainSum() }
    case .or(let parts): parts.allSatisfy { $0.isPlainSum(mayFail: true) }
    case .required(let part, let optional):
      optional.isEmpty
        ? part.isPlainSum(mayFail: mayFail)
        : !mayFail && part.isPlainSum() && optional.allSatisfy { $0.isPlainSum(mayFail: true) }
    }
  }

  /// Whether FTS5, evaluating the match set, shows of every leaf what the score needs to know.
  ///
  /// It does for unions, intersections and differences: a leaf that FTS5 has not moved to a row stands in a group that does not
  /// match there. Optional parts it does not look at, a union with a complement hides leaves in the part that is taken away, and
  /// of a union with everything nothing is left to look at.
  var showsLeaves: Bool {
    switch self {
    case .constant, .leaf: true
    case .or(let parts): parts.allSatisfy { $0.showsLeaves && !$0.isEverything }
    case .and(let parts):
      parts.allSatisfy { part in
        if case .not(let excluded) = part { excluded.isMonotone } else { part.showsLeaves }
      }
    case .required(let part, let optional): optional.isEmpty && part.showsLeaves
    case .not: false
    }
  }

  private var isEverything: Bool {
    switch self {
    case .constant(let matches): matches
    case .and(let parts): parts.allSatisfy(\.isEverything)
    case .or(let parts): parts.contains(where: \.isEverything)
    case .required(let part, _): part.isEverything
    case .leaf, .not: false
    }
  }

  private var isMonotone: Bool {
    switch self {
    case .constant, .leaf: true
    case .and(let parts), .or(let parts): parts.allSatisfy(\.isMonotone)
    case .not, .required: false
    }
  }
}
