/// Reads repaired tokens by recursive descent, counting depth and clauses.
///
///     disjunction ::= conjunction (OR? conjunction)*         OR may be left out where words side by side are joined by it
///     conjunction ::= factor (AND? factor)*                  AND may be left out where words side by side are joined by it
///     factor      ::= ("+" | "-" | NOT) factor | operand
///     operand     ::= (field factor | function? "(" disjunction ")" | word | phrase | "*") weight?
struct QueryGrammar {
  /// The field that operands are searched in.
  private struct Scope {
    var field: QueryField?
    /// Whether a group stands between the field and the operand.
    var isGroup = false
  }

  private let text: QueryText
  private let tokens: [QueryToken]
  private let joinsWithOr: Bool
  private let limits: QueryLimits
  private let analyze: QueryParser.Analyze
  private var index = 0
  private var depth = 0
  private var clauseCount = 0
  private(set) var notes: [QueryNote] = []

  init(
    _ tokens: [QueryToken], of text: QueryText, joinsWithOr: Bool, limits: QueryLimits, analyze: @escaping QueryParser.Analyze
  ) {
    self.text = text
    self.tokens = tokens
    self.joinsWithOr = joinsWithOr
    self.limits = limits
    self.analyze = analyze
  }

  /// The query of all tokens; nil if nothing in them can be searched for.
  mutating func query() throws(QueryLimitExceeded) -> Query? { try disjunction(in: Scope()) }

  private var current: QueryToken? { index < tokens.count ? tokens[index] : nil }

  private mutating func note(_ place: Range<Int>, _ message: String) { notes.append(QueryNote(place: place, message: message)) }

  private mutating func disjunction(in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    var clauses: [QueryClause] = []
    var followsOperator = false
    while let token = current, token.kind != .close {
      if token.kind == .or {
        followsOperator = true
        index += 1
        continue
      }
      var clause = try conjunction(in: scope)
      clause.followsOperator = followsOperator
      followsOperator = false
      clauses.append(clause)
    }
    return QueryClause.union(withoutStars(clauses))
  }

  private mutating func conjunction(in scope: Scope) throws(QueryLimitExceeded) -> QueryClause {
    var clauses = [try factor(in: scope)]
    while let token = current, token.kind != .or, token.kind != .close {
      let isOperator = token.joins
      if !isOperator && joinsWithOr { break }
      if token.kind == .proximity { note(token.place, "\(text.quoted(token.place)) is not supported yet and was read as AND") }
      if isOperator { index += 1 }
      var clause = try factor(in: scope)
      clause.followsOperator = isOperator
      clauses.append(clause)
    }
    return clauses.count == 1 ? clauses[0] : QueryClause.intersection(withoutStars(clauses))
  }

  private mutating func factor(in scope: Scope) throws(QueryLimitExceeded) -> QueryClause {
    guard let token = current else { return QueryClause(nil, at: text.count..<text.count) }
    let sign: QueryClause.Sign
    switch token.kind {
    case .plus: sign = .required
    case .minus, .not: sign = .excluded
    default: return try QueryClause(operand(in: scope), at: token.place)
    }
    try enter(token.place)
    defer { depth -= 1 }
    index += 1
    return try QueryClause(factor(in: scope).complemented, sign: sign, at: token.place)
  }

  private mutating func operand(in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    guard let token = current else { return nil }
    index += 1
    let query: Query? =
      switch token.kind {
      case .field(let field): try fieldOperand(field, at: token.place)
      case .function: try functionOperand(token, in: scope)
      case .open: try group(token.place, in: scope)
      case .star: try star(token.place, in: scope)
      case .word where scope.isGroup: try value(from: token, in: scope)
      default: try leaf(token.content, at: token.place, in: scope)
      }
    guard case .weight(let weight)? = current?.kind else { return query }
    index += 1
    return query.map { .boosted($0, by: weight) }
  }

  private mutating func fieldOperand(_ field: QueryField, at place: Range<Int>) throws(QueryLimitExceeded) -> Query? {
    try enter(place)
    defer { depth -= 1 }
    return try factor(in: Scope(field: field)).complemented
  }

  private mutating func functionOperand(_ token: QueryToken, in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    note(token.place, "\(text.quoted(token.place)) is not supported yet: its group is read without it")
    guard let open = current, open.kind == .open else { return nil }
    index += 1
    return try group(open.place, in: scope)
  }

  private mutating func group(_ place: Range<Int>, in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    try enter(place)
    defer { depth -= 1 }
    if current?.kind == .close { note(place, "this group is empty and was ignored") }
    let query = try disjunction(in: Scope(field: scope.field, isGroup: scope.field != nil))
    index += 1
    return query
  }

  private mutating func star(_ place: Range<Int>, in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    guard scope.field == nil else {
      note(place, "a lone `*` after a field is not supported yet and was ignored")
      return nil
    }
    try count(1, at: place)
    return .everything
  }

  /// A word inside the group of a field. Words side by side make one keyword value, since no article has two values of one
  /// column.
  private mutating func value(from token: QueryToken, in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    var last = token
    if case .keyword = scope.field, !joinsWithOr {
      while let next = current, next.kind == .word {
        last = next
        index += 1
      }
    }
    let content = token.content.lowerBound..<last.content.upperBound
    if last != token { note(content, "\(text.quoted(content)) was read as one value") }
    return try leaf(content, at: content, in: scope)
  }

  private mutating func leaf(_ content: Range<Int>, at place: Range<Int>, in scope: Scope) throws(QueryLimitExceeded) -> Query? {
    if scope.field == .date { return try date(content, at: place) }
    let words = analyze(text.string(content))
    guard !words.isEmpty else {
      note(place, "\(text.quoted(place)) has no word to search for and was ignored")
      return nil
    }
    switch scope.field {
    case .keyword(let field):
      try count(1, at: place)
      return .keyword(Query.Keyword(field, words.joined(separator: " ")))
    case .text(let field):
      try count(words.count, at: place)
      return .words(words, in: field)
    case .date, nil:
      try count(words.count, at: place)
      return .words(words, in: nil)
    }
  }

  private mutating func date(_ content: Range<Int>, at place: Range<Int>) throws(QueryLimitExceeded) -> Query? {
    // The longest date range is far shorter: no need to read more of a long word.
    guard content.count <= 128, let range = DateRange(text.string(content)) else {
      note(place, "\(text.quoted(content)) is not a date and was ignored; dates look like \(DateRange.forms)")
      return nil
    }
    if range.firstDay > range.lastDay { note(place, "\(text.quoted(content)) ends before it begins and so matches nothing") }
    try count(1, at: place)
    return .date(range)
  }

  private mutating func enter(_ place: Range<Int>) throws(QueryLimitExceeded) {
    guard depth < limits.depth else { throw limits.exceededDepth(at: place) }
    depth += 1
  }

  private mutating func count(_ clauses: Int, at place: Range<Int>) throws(QueryLimitExceeded) {
    clauseCount += clauses
    guard clauseCount <= limits.clauseCount else { throw limits.exceededClauseCount(at: place) }
  }

  /// The clauses without every lone `*` that stands beside others with no operator: `5 * 3` does not mean every article.
  private mutating func withoutStars(_ clauses: [QueryClause]) -> [QueryClause] {
    guard clauses.count > 1 else { return clauses }
    var kept: [QueryClause] = []
    for (index, clause) in clauses.enumerated() {
      if clause.query == .everything && !(index == 0 ? clauses[1] : clause).followsOperator {
        note(clause.place, "a lone `*` beside words was ignored")
      } else {
        kept.append(clause)
      }
    }
    return kept
  }
}
