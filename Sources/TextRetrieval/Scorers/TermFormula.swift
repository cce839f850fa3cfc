import BitKernels
import InvertedIndex

/// The score that one word gives to documents.
struct TermFormula {
  private let weight: Double
  private let rounding: Double
  private let normalizations: [Double]

  /// - Parameter weight: the idf of the word times its boosts.
  init(weight: Double, scoring: Scoring, normalizations: [Double]) {
    self.weight = weight
    rounding = scoring.rounding
    self.normalizations = normalizations
  }

  /// Scores a part of a block.
  @inline(__always)
  func score(_ block: PostingsBlock, _ range: Range<Int>, into contributions: inout ContributionBlock) {
    scoreBlock(
      documents: block.documents, occurrences: block.occurrences, range: range, normalizations: normalizations, weight: weight,
      rounding: rounding, into: &contributions)
  }

  /// Scores the first documents of a selection.
  func score(_ count: Int, of selection: borrowing BlockSelection, into contributions: inout ContributionBlock) {
    scoreBlock(
      documents: selection.documents.span, occurrences: selection.occurrences.span, range: 0..<count,
      normalizations: normalizations, weight: weight, rounding: rounding, into: &contributions)
  }

  /// As ``Scoring/contribution(weight:frequency:normalization:)``.
  @inline(__always)
  func contribution(of document: UInt32, occurrences: UInt32) -> Double {
    let frequency = Double(Int32(truncatingIfNeeded: occurrences))
    return (weight * frequency / (frequency + normalizations[Int(document)]) + rounding) - rounding
  }
}
