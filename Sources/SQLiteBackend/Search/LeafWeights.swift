import QueryLanguage
import SearchAPI

/// The weight of each word and phrase of a query, in the order of the query, and the rounding that makes sums of contributions
/// exact.
///
/// A leaf's contribution to the score of an article is w · tf / (tf + k1 · ((1 - b) + b · length / average)), where w is the
/// sum of its words' idf times the product of the boosts above it, multiplied from the outermost inwards. With M the sum of all
/// w in the order of the query, and e the smallest integer with M < 2^e, each contribution is rounded to a multiple of 2^(e -
/// 52) by adding and taking away 1.5 · 2^e: sums of such numbers are exact, so that the order of addition cannot change a score
/// or break a tie. The oracle of the tests states the same in full; operations stand in the order of the formula, so that every
/// backend gets the same bits.
struct LeafWeights {
  /// By leaf; 0 for leaves below `not`.
  private(set) var weights: [Double] = []
  /// 1.5 · 2^e; 0 for no rounding, where all contributions are 0.
  private(set) var roundingConstant = 0.0

  /// Whether any leaf can add to a score.
  var areAllZero: Bool { roundingConstant == 0 }

  /// Finds the weights of a query; throws where they are too large to be added.
  init(_ query: Query, inverseDocumentFrequency: (String) throws -> Double) throws {
    try add(query, boost: 1, scores: true, inverseDocumentFrequency)
    let sum = weights.reduce(0, +)
    guard sum < 0x1p1023 else { throw SearchError.invalidRequest("the weights of the query are too large") }
    if sum > 0 { roundingConstant = 1.5 * Double(sign: .plus, exponent: Int(sum.exponent) + 1, significand: 1) }
  }

  private mutating func add(_ query: Query, boost: Double, scores: Bool, _ idf: (String) throws -> Double) throws {
    switch query {
    case .term(let term): weights.append(scores ? try idf(term.text) * boost : 0)
    case .phrase(let phrase): weights.append(scores ? try phrase.terms.reduce(0) { $0 + (try idf($1)) } * boost : 0)
    case .not(let part): try add(part, boost: boost, scores: false, idf)
    case .boosted(let part, let weight): try add(part, boost: boost * weight, scores: scores, idf)
    default: for part in query.parts { try add(part, boost: boost, scores: scores, idf) }
    }
  }
}
