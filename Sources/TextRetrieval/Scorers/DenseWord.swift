import BitKernels
import InvertedIndex

/// A frequent word, or two side by side, with what it is worth.
struct DenseWord {
  let postings: DensePostings
  let documentCount: Int
  let formula: TermFormula
  /// What no contribution exceeds.
  let greatest: Double
  /// What a document gets at most for each class of its cell, as ``Scoring/unit(weight:factor:)``.
  let unit: Double

  /// - Parameter factor: the greatest of ``Scoring/impactFactors(of:)``.
  init(_ postings: DensePostings, documentCount: Int, weight: Double, formula: TermFormula, scoring: Scoring, factor: Double) {
    self.postings = postings
    self.documentCount = documentCount
    self.formula = formula
    greatest = scoring.bound(weight: weight, share: 1)
    unit = scoring.unit(weight: weight, factor: factor)
  }
}
