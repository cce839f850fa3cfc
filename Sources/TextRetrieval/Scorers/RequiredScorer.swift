import IndexStorage

/// The documents that the first part matches; the optional parts only add to the score.
final class RequiredScorer: Scorer {
  private let required: any Scorer
  private let optional: [any Scorer]
  private var maxima: [Double]
  private var scratch = Candidates(wantsScores: true)

  init(_ required: any Scorer, optional: [any Scorer]) {
    self.required = required
    self.optional = optional
    maxima = optional.map { _ in 0 }
    cost = required.cost
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try required.nextCandidate(from: target) }

  func boundEnd(from start: UInt32) throws(StorageError) -> UInt32 { try required.boundEnd(from: start) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var sum = try required.bound(window)
    if sum < 0 { return -1 }
    for index in optional.indices {
      maxima[index] = max(0, try optional[index].bound(window))
      sum += maxima[index]
    }
    return sum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    var rest = maxima.reduce(0, +)
    try required.collect(window, above: threshold - rest, into: &candidates)
    guard candidates.wantsScores else { return }
    for index in optional.indices {
      candidates.removeScores(upTo: threshold - rest)
      if candidates.isEmpty { return }
      rest -= maxima[index]
      try optional[index].add(to: &candidates, above: threshold - rest)
    }
  }

  func narrow(_ candidates: inout Candidates) throws(StorageError) {
    try required.narrow(&candidates)
    guard candidates.wantsScores else { return }
    for part in optional where !candidates.isEmpty { try part.add(to: &candidates, above: -1) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    scratch.copyDocuments(of: candidates)
    try narrow(&scratch)
    candidates.merge(scratch)
  }

  func addReach(to candidates: inout Candidates) {
    required.addReach(to: &candidates)
    for part in optional { part.addReach(to: &candidates) }
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    try required.insertMatches(in: window, into: &bits)
  }
}
