#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The parameters of BM25 and BM25F, with the weight of each text field in the order of the schema.
package struct ScoringParameters: Hashable, Sendable {
  /// How soon further occurrences stop counting; 0 or more.
  package var k1: Double
  /// How much long documents are marked down, 0...1.
  package var b: Double
  /// The weight of an occurrence by text field, in the order of the schema.
  package var fieldWeights: [Double]

  /// Parameters from their parts.
  package init(k1: Double, b: Double, fieldWeights: [Double]) {
    self.k1 = k1
    self.b = b
    self.fieldWeights = fieldWeights
  }

  /// Whether all fields weigh 1, so that a document's words need not be told apart by field.
  var weighsAllFieldsOne: Bool { fieldWeights.allSatisfy { $0 == 1 } }
}

/// The score of BM25, exactly as the contract has it.
///
/// Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; fields as in Robertson,
/// Zaragoza & Taylor 2004.
struct Scoring {
  let parameters: ScoringParameters
  /// The average of the weighted lengths over all documents.
  let averageLength: Double
  /// The step that contributions are rounded to, see ``rounded(_:)``.
  private let rounding: Double

  /// - Parameters:
  ///   - totalWeight: the sum of the weights of all leaves that score: no score can reach it.
  init(parameters: ScoringParameters, documentCount: Int, wordCounts: [UInt64], totalWeight: Double) {
    self.parameters = parameters
    var total = 0.0
    for (field, count) in wordCounts.enumerated() { total += parameters.fieldWeights[field] * Double(count) }
    averageLength = documentCount == 0 ? 0 : total / Double(documentCount)
    rounding = totalWeight > 0 ? 1.5 * Scoring.powerOfTwo(above: totalWeight) : 0
  }

  /// The inverse document frequency of a word: `ln(1 + (N - df + 0.5) / (df + 0.5))`.
  static func inverseDocumentFrequency(documentCount: Int, of total: Int) -> Double {
    log(1 + (Double(total) - Double(documentCount) + 0.5) / (Double(documentCount) + 0.5))
  }

  /// What a word adds to the score of a document: `weight · tf / (tf + k1 · (1 - b + b · length / averageLength))`, rounded.
  @inline(__always)
  func contribution(weight: Double, frequency: Double, length: Double) -> Double {
    guard frequency > 0 else { return 0 }
    return rounded(unrounded(weight: weight, frequency: frequency, length: length))
  }

  /// What no contribution exceeds of a document with at most this frequency in at least this length; also a multiple of the
  /// step.
  ///
  /// The formula grows with frequency and falls with length, but its evaluation may err by a few units in the last place: a
  /// little is added before rounding, which keeps order.
  func bound(weight: Double, frequency: Double, length: Double) -> Double {
    guard frequency > 0 else { return 0 }
    return rounded(unrounded(weight: weight, frequency: frequency, length: length) * (1 + 0x1p-48))
  }

  /// What no contribution of a word of this weight exceeds.
  func bound(weight: Double) -> Double { rounded(weight * (1 + 0x1p-48)) }

  @inline(__always)
  private func unrounded(weight: Double, frequency: Double, length: Double) -> Double {
    let normalization = (1 - parameters.b) + parameters.b * length / averageLength
    return weight * frequency / (frequency + parameters.k1 * normalization)
  }

  /// The nearest multiple of 2^(e - 52), where 2^e is the power of two above the sum of all weights.
  ///
  /// Multiples of one step below 2^52 steps add without error, so contributions give the same sum in any order, which is what
  /// lets scorers skip and reorder. The error of one rounding is 2^-53 of the largest possible score.
  @inline(__always)
  func rounded(_ contribution: Double) -> Double { (contribution + rounding) - rounding }

  /// The smallest power of two greater than a number.
  private static func powerOfTwo(above number: Double) -> Double { number.binade * 2 }
}
