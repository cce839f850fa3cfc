import IndexStorage

/// The documents that one part matches; another, optional part only adds to the score.
///
/// Where the required part alone cannot lift a document above the threshold, the optional one is required too, and the one in
/// fewer documents leads.
final class RequiredScorer: Scorer {
  private let required: any Scorer
  private let optional: any Scorer
  /// What each part can give in the window at hand.
  private var requiredMaximum = 0.0
  private var optionalMaximum = 0.0
  private var scratch = Candidates(wantsScores: true)

  init(_ required: any Scorer, optional: any Scorer) {
    self.required = required
    self.optional = optional
    cost = required.cost
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try required.nextCandidate(from: target) }

  func windowEnd(from start: UInt32) -> UInt32 { required.windowEnd(from: start) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    requiredMaximum = try required.bound(window)
    optionalMaximum = try optional.bound(window)
    return requiredMaximum < 0 ? -1 : requiredMaximum + max(0, optionalMaximum)
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    let most = max(0, optionalMaximum)
    guard candidates.wantsScores else { return try required.collect(window, above: threshold, into: &candidates) }
    if requiredMaximum > threshold {
      try required.collect(window, above: threshold - most, into: &candidates)
      if candidates.isEmpty || optionalMaximum < 0 { return }
      try optional.add(to: &candidates, above: threshold)
    } else if optionalMaximum < 0 {
      return
    } else if optional.cost < required.cost {
      try optional.collect(window, among: required.bitmaps, above: threshold - requiredMaximum, into: &candidates)
      if !candidates.isEmpty { try required.narrow(&candidates, above: threshold) }
    } else {
      try required.collect(window, among: optional.bitmaps, above: threshold - most, into: &candidates)
      if !candidates.isEmpty { try optional.narrow(&candidates, above: threshold) }
    }
  }

  func narrow(_ candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    try required.narrow(&candidates, above: -1)
    if candidates.wantsScores, !candidates.isEmpty { try optional.add(to: &candidates, above: -1) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    scratch.copyDocuments(of: candidates)
    try narrow(&scratch, above: -1)
    candidates.merge(scratch)
  }

  func addReach(to candidates: inout Candidates) {
    required.addReach(to: &candidates)
    optional.addReach(to: &candidates)
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    try required.insertMatches(in: window, into: &bits)
  }
}
