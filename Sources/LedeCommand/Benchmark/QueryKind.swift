import QueryLanguage

/// What sort of work a query asks for; benchmarks report each kind apart.
enum QueryKind: String, CaseIterable {
  case word
  case union
  case intersection
  case phrase
  case field
  case date
  case mixed

  /// The kind of a query: a single leaf, words joined in one way, or, where dates or fields come in, those.
  init(of query: Query) {
    switch query {
    case .boosted(let part, _): self.init(of: part)
    case .term(let term): self = term.field == nil ? .word : .field
    case .phrase(let phrase): self = phrase.field == nil ? .phrase : .field
    case .keyword: self = .field
    case .date: self = .date
    case .and(let parts), .or(let parts):
      let kinds = Set(parts.map(QueryKind.init(of:)))
      if kinds.contains(.date) {
        self = .date
      } else if kinds == [.word] {
        if case .and = query { self = .intersection } else { self = .union }
      } else {
        self = kinds.contains(.field) && kinds.isSubset(of: [.field, .word, .phrase]) ? .field : .mixed
      }
    case .not, .required, .everything, .nothing: self = .mixed
    }
  }
}
