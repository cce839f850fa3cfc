import Foundation
import QueryLanguage
import SearchAPI
import TextAnalysis

/// Which articles match a query, and their scores: the definition that every backend is held to.
///
/// Contribution of a leaf (a word or phrase that scores):
///
///     w · tf / (tf + k1 · ((1 - b) + b · length / average))       in Double, evaluated from left to right as written; 0 where tf is 0
///     w       = idf · the product of the boosts above the leaf, multiplied from the outermost inwards
///     idf     = ln(1 + (N - df + 0.5) / (df + 0.5)); of a phrase, the sum over its words in order, a repeated word counting again
///     df      = articles that hold the word in any field;   N = all articles
///     tf      = sum over the text fields, in their order, of weight · occurrences there (only the leaf's own field, where it names one)
///     length  = sum over the text fields of weight · words;   average = (sum over the text fields of weight · words of all articles) / N
///
/// The order in which contributions are added must not matter, because every engine adds in another one. So each is rounded to a multiple of a step so coarse that all sums
/// are exact in Double:
///
///     M    = the sum of w over all scoring leaves, in the order of the query
///     step = 2^(e - 52), where e is the smallest integer with M < 2^e
///     big  = 1.5 · 2^52 · step;   rounded contribution = (c + big) - big        (to nearest, ties to even)
///
/// A contribution is at most w, so that no score exceeds 2^52 steps. M must be less than 2^1023. Where M is 0, so are all scores.
struct ReferenceScoring {
  private let query: Query
  private let parameters: BM25Parameters
  private let vocabulary: [[UInt8]: Int]
  private let averageLength: Double
  private var inverseFrequencies: [[UInt8]: Double] = [:]
  private var big = 0.0

  init(_ query: Query, _ parameters: BM25Parameters, _ archive: ReferenceArchive) throws {
    self.query = query
    self.parameters = parameters
    vocabulary = archive.vocabulary
    let articleCount = Double(archive.articles.count)
    averageLength =
      TextField.allCases.reduce(0) { sum, field in
        sum + parameters.weight(of: field) * Double(archive.articles.reduce(0) { $0 + $1.words(in: field).count })
      } / articleCount
    for word in query.words {
      let frequency = Double(archive.articles.count { $0.contains(vocabulary[word] ?? -1) })
      inverseFrequencies[word] = log(1 + (articleCount - frequency + 0.5) / (frequency + 0.5))
    }
    let sum = weights(query, boost: 1).reduce(0, +)
    guard sum < 0x1p1023 else { throw SearchError.invalidRequest("the weights of the query are too large") }
    if sum > 0 { big = 1.5 * Double(sign: .plus, exponent: Int(sum.exponent) + 1, significand: 1) }
  }

  /// The article's score, or nil where it does not match.
  func evaluate(_ article: ReferenceArticle) -> Double? { evaluate(query, article, boost: 1) }

  private func evaluate(_ query: Query, _ article: ReferenceArticle, boost: Double) -> Double? {
    switch query {
    case .everything: return 0
    case .nothing: return nil
    case .term(let term): return contribution([term.text], term.field, article, boost)
    case .phrase(let phrase): return contribution(phrase.terms, phrase.field, article, boost)
    case .keyword(let keyword):
      return article.article.keywords[keyword.field].map { Array(Analyzer().keyword($0).utf8) } == Array(keyword.value.utf8)
        ? 0 : nil
    case .date(let range): return article.article.date.map(range.overlaps) == true ? 0 : nil
    case .and(let parts):
      let scores = parts.map { evaluate($0, article, boost: boost) }
      return scores.contains(nil) ? nil : scores.reduce(0) { $0 + $1! }
    case .or(let parts):
      let scores = parts.compactMap { evaluate($0, article, boost: boost) }
      return scores.isEmpty ? nil : scores.reduce(0, +)
    case .not(let part): return evaluate(part, article, boost: boost) == nil ? 0 : nil
    case .required(let part, let optional):
      guard let score = evaluate(part, article, boost: boost) else { return nil }
      return optional.compactMap { evaluate($0, article, boost: boost) }.reduce(score, +)
    case .boosted(let part, let weight): return evaluate(part, article, boost: boost * weight)
    }
  }

  private func contribution(_ words: [String], _ field: TextField?, _ article: ReferenceArticle, _ boost: Double) -> Double? {
    let numbers = words.map { vocabulary[Array($0.utf8)] ?? -1 }
    let fields = field.map { [$0] } ?? TextField.allCases
    let counts = fields.map { (field: $0, count: article.count(of: numbers, in: $0)) }
    guard counts.contains(where: { $0.count > 0 }) else { return nil }
    let tf = counts.reduce(0) { $0 + parameters.weight(of: $1.field) * Double($1.count) }
    guard tf > 0 else { return 0 }
    let (k1, b) = (parameters.k1, parameters.b)
    let contribution =
      weight(words, boost) * tf / (tf + k1 * ((1 - b) + b * article.length(parameters) / averageLength))
    return (contribution + big) - big
  }

  private func weight(_ words: [String], _ boost: Double) -> Double {
    words.reduce(0) { $0 + inverseFrequencies[Array($1.utf8)]! } * boost
  }

  /// The weights of the leaves that score, in the order of the query.
  private func weights(_ query: Query, boost: Double) -> [Double] {
    switch query {
    case .everything, .nothing, .keyword, .date, .not: []
    case .term(let term): [weight([term.text], boost)]
    case .phrase(let phrase): [weight(phrase.terms, boost)]
    case .and(let parts), .or(let parts): parts.flatMap { weights($0, boost: boost) }
    case .required(let part, let optional): ([part] + optional).flatMap { weights($0, boost: boost) }
    case .boosted(let part, let weight): weights(part, boost: boost * weight)
    }
  }
}

extension Query {
  /// The bytes of every word of the query.
  fileprivate var words: Set<[UInt8]> {
    switch self {
    case .everything, .nothing, .keyword, .date: []
    case .term(let term): [Array(term.text.utf8)]
    case .phrase(let phrase): Set(phrase.terms.map { Array($0.utf8) })
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.words) }
    case .not(let part), .boosted(let part, _): part.words
    case .required(let part, let optional): optional.reduce(into: part.words) { $0.formUnion($1.words) }
    }
  }
}
