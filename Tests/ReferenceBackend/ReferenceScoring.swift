import Foundation
import QueryLanguage
import SearchAPI

/// Which articles match a query, and their scores: the definition that every backend is held to.
///
/// Contribution of a leaf (a word or phrase that scores):
///
///     w · tf / (tf + k1 · ((1 - b) + b · length / average))       in Double, evaluated from left to right as written; 0 where
///     tf is 0
///     w       = idf · the product of the boosts above the leaf, multiplied from the outermost inwards
///     idf     = ln(1 + (N - df + 0.5) / (df + 0.5)); of a phrase, the sum over its words in order, a repeated word counting
///     again
///     df      = articles that hold the word in any field;   N = all articles
///     tf      = sum over the text fields, in their order, of weight · occurrences there (only the leaf's own field, where it
///     names one)
///     length  = sum over the text fields of weight · words;   average = (sum over the text fields of weight · words of all
///     articles) / N
///
/// The order in which contributions are added must not matter, because every engine adds in another one. So each is rounded to
/// a multiple of a step so coarse that all sums are exact in Double:
///
///     M    = the sum of w over all scoring leaves, in the order of the query
///     step = 2^(e - 52), where e is the smallest integer with M < 2^e
///     big  = 1.5 · 2^52 · step;   rounded contribution = (c + big) - big        (to nearest, ties to even)
///
/// A contribution is at most w, so that no score exceeds 2^52 steps. M must be less than 2^1023. Where M is 0, so are all scores.
struct ReferenceScoring {
  /// A query whose words are numbers and whose leaves know their weights.
  private indirect enum Node {
    case everything
    case nothing
    case leaf(words: [Int], fields: [TextField], weight: Double)
    case keyword(KeywordField, [UInt8])
    case date(DateRange)
    case and([Node])
    case or([Node])
    case not(Node)
    case required(Node, optional: [Node])
  }

  private let parameters: BM25Parameters
  private let averageLength: Double
  private let root: Node
  private let big: Double

  init(_ query: Query, _ parameters: BM25Parameters, _ archive: ReferenceArchive) throws {
    self.parameters = parameters
    averageLength =
      TextField.allCases.reduce(0) { sum, field in
        sum + parameters.weight(of: field) * Double(archive.articles.reduce(0) { $0 + $1.words(in: field).count })
      } / Double(archive.articles.count)
    root = Self.node(query, boost: 1, archive)
    let sum = Self.scoringWeights(root).reduce(0, +)
    guard sum < 0x1p1023 else { throw SearchError.invalidRequest("the weights of the query are too large") }
    big = sum > 0 ? 1.5 * Double(sign: .plus, exponent: Int(sum.exponent) + 1, significand: 1) : 0
  }

  private static func node(_ query: Query, boost: Double, _ archive: ReferenceArchive) -> Node {
    func nodes(_ queries: [Query]) -> [Node] { queries.map { node($0, boost: boost, archive) } }
    switch query {
    case .everything: return .everything
    case .nothing: return .nothing
    case .term(let term): return leaf([term.text], term.field, boost, archive)
    case .phrase(let phrase): return leaf(phrase.terms, phrase.field, boost, archive)
    case .keyword(let keyword): return .keyword(keyword.field, Array(keyword.value.utf8))
    case .date(let range): return .date(range)
    case .and(let parts): return .and(nodes(parts))
    case .or(let parts): return .or(nodes(parts))
    case .not(let part): return .not(node(part, boost: boost, archive))
    case .required(let part, let optional): return .required(node(part, boost: boost, archive), optional: nodes(optional))
    case .boosted(let part, let weight): return node(part, boost: boost * weight, archive)
    }
  }

  private static func leaf(_ words: [String], _ field: TextField?, _ boost: Double, _ archive: ReferenceArchive) -> Node {
    // No article holds the word -1.
    let numbers = words.map { archive.vocabulary[Array($0.utf8)] ?? -1 }
    let articleCount = Double(archive.articles.count)
    let inverseFrequencies = numbers.map { number in
      let frequency = number < 0 ? 0 : Double(archive.documentFrequencies[number])
      return log(1 + (articleCount - frequency + 0.5) / (frequency + 0.5))
    }
    return .leaf(
      words: numbers, fields: field.map { [$0] } ?? TextField.allCases, weight: inverseFrequencies.reduce(0, +) * boost)
  }

  /// The weights of the leaves that score, in the order of the query.
  private static func scoringWeights(_ node: Node) -> [Double] {
    switch node {
    case .everything, .nothing, .keyword, .date, .not: []
    case .leaf(_, _, let weight): [weight]
    case .and(let parts), .or(let parts): parts.flatMap(scoringWeights)
    case .required(let part, let optional): ([part] + optional).flatMap(scoringWeights)
    }
  }

  /// The article's score, or nil where it does not match.
  func evaluate(_ article: ReferenceArticle) -> Double? { evaluate(root, article) }

  private func evaluate(_ node: Node, _ article: ReferenceArticle) -> Double? {
    switch node {
    case .everything: return 0
    case .nothing: return nil
    case .leaf(let words, let fields, let weight): return contribution(words, fields, weight, article)
    case .keyword(let field, let value): return article.keywords[field] == value ? 0 : nil
    case .date(let range): return article.article.date.map(range.overlaps) == true ? 0 : nil
    case .and(let parts):
      let scores = parts.map { evaluate($0, article) }
      return scores.contains(nil) ? nil : scores.reduce(0) { $0 + $1! }
    case .or(let parts):
      let scores = parts.compactMap { evaluate($0, article) }
      return scores.isEmpty ? nil : scores.reduce(0, +)
    case .not(let part): return evaluate(part, article) == nil ? 0 : nil
    case .required(let part, let optional):
      guard let score = evaluate(part, article) else { return nil }
      return optional.compactMap { evaluate($0, article) }.reduce(score, +)
    }
  }

  private func contribution(_ words: [Int], _ fields: [TextField], _ weight: Double, _ article: ReferenceArticle) -> Double? {
    let counts = fields.map { (field: $0, count: article.count(of: words, in: $0)) }
    guard counts.contains(where: { $0.count > 0 }) else { return nil }
    let tf = counts.reduce(0) { $0 + parameters.weight(of: $1.field) * Double($1.count) }
    guard tf > 0 else { return 0 }
    let (k1, b) = (parameters.k1, parameters.b)
    let contribution = weight * tf / (tf + k1 * ((1 - b) + b * article.length(parameters) / averageLength))
    return (contribution + big) - big
  }
}
