import IndexStorage

/// The documents that every part matches; adds up the parts.
///
/// The part in the fewest documents leads: it brings up what can still exceed the threshold if all others give their most, and
/// the others are asked about that only.
final class ConjunctionScorer: Scorer {
  /// By cost, the lead first.
  private let parts: [any Scorer]
  /// What each part can give in the window at hand.
  private var maxima: [Double]
  private var scratch = Candidates(wantsScores: true)

  init(_ parts: [any Scorer]) {
    precondition(!parts.isEmpty, "a conjunction has a part")
    self.parts = parts.sorted { $0.cost < $1.cost }
    maxima = parts.map { _ in 0 }
  }

  var cost: Int { parts[0].cost }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    var candidate = target
    while true {
      let start = candidate
      for part in parts {
        candidate = max(candidate, try part.nextCandidate(from: candidate))
        if candidate == .max { return .max }
      }
      if candidate == start { return candidate }
    }
  }

  func boundEnd(from start: UInt32) throws(StorageError) -> UInt32 {
    var end = UInt32.max
    for part in parts {
      if part is DocumentRangesScorer || part === parts[0] { end = min(end, try part.boundEnd(from: start)) }
    }
    return end
  }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var sum = 0.0
    for index in parts.indices {
      maxima[index] = try parts[index].bound(window)
      if maxima[index] < 0 { return -1 }
      sum += maxima[index]
    }
    return sum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    var rest = 0.0
    for index in 1..<maxima.count { rest += maxima[index] }
    try parts[0].collect(window, above: threshold - rest, into: &candidates)
    for index in 1..<parts.count {
      if candidates.isEmpty { return }
      if index > 1, threshold >= 0 { candidates.removeScores(upTo: threshold - rest) }
      try parts[index].narrow(&candidates)
      rest -= maxima[index]
    }
  }

  func narrow(_ candidates: inout Candidates) throws(StorageError) {
    for part in parts { try part.narrow(&candidates) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    scratch.copyDocuments(of: candidates)
    try narrow(&scratch)
    candidates.merge(scratch)
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    var matched = Candidates(wantsScores: false)
    if try bound(window) < 0 { return }
    try parts[0].collect(window, above: -1, into: &matched)
    for part in parts.dropFirst() {
      if matched.isEmpty { return }
      try part.narrow(&matched)
    }
    matched.withAll { documents, _, _ in
      for index in documents.indices {
        let place = Int(documents[index] - window.start)
        bits[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
  }
}
