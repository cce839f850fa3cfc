import InvertedIndex

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
  /// Whether the impacts that are stored with postings stand for these parameters.
  var areThoseOfImpacts: Bool { k1 == Impact.k1 && b == Impact.b && weighsAllFieldsOne }
}

/// The score of BM25, exactly as the contract has it.
///
/// Source: Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond"; fields as in Robertson,
/// Zaragoza & Taylor 2004.
struct Scoring {
  let parameters: ScoringParameters
  /// The average of the weighted lengths over all documents.
  let averageLength: Double
  /// What rounds contributions to the step, see ``rounded(_:)``.
  let rounding: Double
  /// The step that all contributions and bounds are multiples of.
  let step: Double

  /// - Parameters:
  ///   - totalWeight: the sum of the weights of all leaves that score: no score can reach it.
  init(parameters: ScoringParameters, documentCount: Int, wordCounts: [UInt64], totalWeight: Double) {
    self.parameters = parameters
    var total = 0.0
    for (field, count) in wordCounts.enumerated() { total += parameters.fieldWeights[field] * Double(count) }
    averageLength = documentCount == 0 ? 0 : total / Double(documentCount)
    let power = totalWeight > 0 ? totalWeight.binade * 2 : 0
    rounding = 1.5 * power
    step = power * 0x1p-52
  }

  /// The inverse document frequency of a word: `ln(1 + (N - df + 0.5) / (df + 0.5))`.
  static func inverseDocumentFrequency(documentCount: Int, of total: Int) -> Double {
    log(1 + (Double(total) - Double(documentCount) + 0.5) / (Double(documentCount) + 0.5))
  }

  /// What the documents of a segment divide by, see ``LengthNormalizations``.
  func normalizations(of segment: SegmentReader) -> [Double] {
    segment.normalizations.values(
      LengthNormalizations.Parameters(
        k1: parameters.k1, b: parameters.b, fieldWeights: parameters.fieldWeights, averageLength: averageLength))
  }

  /// What a word adds to the score of a document: `weight · tf / (tf + k1 · (1 - b + b · length / averageLength))`, rounded; the
  /// normalization is the second summand.
  @inline(__always)
  func contribution(weight: Double, frequency: Double, normalization: Double) -> Double {
    guard frequency > 0 else { return 0 }
    return rounded(weight * frequency / (frequency + normalization))
  }

  /// What no contribution exceeds of a document with at most this frequency in at least this length; also a multiple of the
  /// step.
  ///
  /// The formula grows with frequency and falls with length, but its evaluation may err by a few units in the last place: a
  /// little is added before rounding, which keeps order.
  func bound(weight: Double, frequency: Double, length: Double) -> Double {
    guard frequency > 0 else { return 0 }
    let normalization = parameters.k1 * ((1 - parameters.b) + parameters.b * length / averageLength)
    return rounded(weight * frequency / (frequency + normalization) * (1 + 0x1p-48))
  }

  /// What no contribution exceeds of a word of this weight whose share of it is at most so much.
  @inline(__always)
  func bound(weight: Double, share: Double) -> Double { rounded(weight * share * (1 + 0x1p-48)) }

  /// What no contribution exceeds of a document in a block of this impact; the factor is the greatest of ``impactFactors(of:)``.
  @inline(__always)
  func bound(weight: Double, impact: UInt8, factor: Double) -> Double {
    bound(weight: weight, share: min(1, factor * Impact.sharePerUnit * Double(impact)))
  }

  /// What a document gets of a word at most for each class of its share, see ``Impact/sharePerClass``, with more than the error of
  /// computing and rounding it; the factor is the greatest of ``impactFactors(of:)``.
  func unit(weight: Double, factor: Double) -> Double {
    weight * factor * Impact.sharePerClass * (1 + 0x1p-40) + step
  }

  /// What no contribution is less than of a word of this weight whose share of it is at least so much.
  func least(weight: Double, share: Double) -> Double { max(0, rounded(weight * share * (1 - 0x1p-48))) }

  /// By how much a share in a segment, as ``Impact`` has it, may be too low for this average length, and too high.
  func impactFactors(of segment: SegmentReader) -> (greatest: Double, least: Double) {
    let ratio = averageLength / segment.averageLength
    return (max(1, ratio * (1 + 0x1p-40)), min(1, ratio * (1 - 0x1p-40)))
  }

  /// The nearest multiple of 2^(e - 52), where 2^e is the power of two above the sum of all weights.
  ///
  /// Multiples of one step below 2^52 steps add without error, so contributions give the same sum in any order, which is what
  /// lets scorers skip and reorder. The error of one rounding is 2^-53 of the largest possible score.
  @inline(__always)
  func rounded(_ contribution: Double) -> Double { (contribution + rounding) - rounding }
}
