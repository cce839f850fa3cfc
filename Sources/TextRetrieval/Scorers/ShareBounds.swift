import InvertedIndex

/// What a word or phrase adds to scores at most where its documents have at most some share of its weight, see ``Impact``.
struct ShareBounds {
  private let scoring: Scoring
  private let weight: Double
  private let factor: Double

  /// - Parameter factor: the greatest of ``Scoring/impactFactors(of:)``.
  init(_ scoring: Scoring, weight: Double, factor: Double) {
    self.scoring = scoring
    self.weight = weight
    self.factor = factor
  }

  /// What no document exceeds whose share is at most this one, as ``Impact/share(notBelowBytes:)``.
  func bound(_ share: UInt16) -> Double {
    scoring.bound(weight: weight, share: min(1, factor * Impact.share(notBelowBytes: share)))
  }

  /// The greatest share with which no document exceeds a threshold; 0 also where there is none.
  func greatestShare(notAbove threshold: Double) -> UInt16 {
    // Halves: the bound of a share ascends with it.
    var (low, high) = (0, Int(UInt16.max) + 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if bound(UInt16(middle)) <= threshold { low = middle } else { high = middle }
    }
    return UInt16(low)
  }
}
