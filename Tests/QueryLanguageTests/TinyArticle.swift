@testable import QueryLanguage

/// An article small enough to judge a query on it straight from the table in the documentation of `Query`.
///
/// Occurrences are counted in place of BM25, so that sums are exact in whatever order they are added.
struct TinyArticle {
  var words: [TextField: [String]]
  var keywords: [KeywordField: String]
  var date: ArticleDate?

  /// An article of a few words out of few, so that random queries often match.
  init(using generator: inout SeededGenerator) {
    words = [:]
    for field in TextField.allCases {
      words[field] = (0..<Int.random(in: 0...6, using: &generator)).map { _ in generator.word() }
    }
    keywords = Bool.random(using: &generator) ? [:] : [.source: ["x", "y", "world news"].randomElement(using: &generator)!]
    date = ["1987-06-01", "1949", "1988-12", "2001"].randomElement(using: &generator).flatMap {
      Bool.random(using: &generator) ? ArticleDate($0) : nil
    }
  }

  /// Every place where words stand side by side.
  func places(of terms: [String], in field: TextField?) -> Set<Place> {
    var places: Set<Place> = []
    for (name, words) in words where field == nil || field == name {
      for first in words.indices {
        for last in first..<words.count where Array(words[first...last]) == terms {
          places.insert(Place(field: name, positions: first...last))
        }
      }
    }
    return places
  }

  struct Place: Hashable {
    var field: TextField
    var positions: ClosedRange<Int>
  }

  func matches(_ query: Query) -> Bool {
    switch query {
    case .everything: true
    case .nothing: false
    case .term(let term): !places(of: [term.text], in: term.field).isEmpty
    case .phrase(let phrase): !places(of: phrase.terms, in: phrase.field).isEmpty
    case .keyword(let keyword): keywords[keyword.field] == keyword.value
    case .date(let range): date.map { $0.firstDay <= range.lastDay && range.firstDay <= $0.lastDay } ?? false
    case .and(let parts): parts.allSatisfy(matches)
    case .or(let parts): parts.contains(where: matches)
    case .not(let part): !matches(part)
    case .required(let part, _): matches(part)
    case .boosted(let part, _): matches(part)
    }
  }

  func score(_ query: Query) -> Double {
    guard matches(query) else { return 0 }
    switch query {
    case .everything, .nothing, .keyword, .date, .not: return 0
    case .term(let term): return Double(places(of: [term.text], in: term.field).count)
    case .phrase(let phrase): return Double(places(of: phrase.terms, in: phrase.field).count * phrase.terms.count)
    case .and(let parts), .or(let parts): return parts.map(score).reduce(0, +)
    case .required(let part, let optional): return score(part) + optional.map(score).reduce(0, +)
    case .boosted(let part, let weight): return score(part) * weight
    }
  }

  /// The places of all leaves that a chain of matching parts leads to.
  func places(of query: Query) -> Set<Place> {
    guard matches(query) else { return [] }
    switch query {
    case .everything, .nothing, .keyword, .date, .not: return []
    case .term(let term): return places(of: [term.text], in: term.field)
    case .phrase(let phrase): return places(of: phrase.terms, in: phrase.field)
    case .and(let parts), .or(let parts): return parts.map(places).reduce([]) { $0.union($1) }
    case .required(let part, let optional): return optional.map(places).reduce(places(of: part)) { $0.union($1) }
    case .boosted(let part, _): return places(of: part)
    }
  }
}
