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

  func addReach(to candidates: inout Candidates) {
    if maxima.allSatisfy({ $0 >= 0 }) { candidates.addReach(maxima.reduce(0, +)) }
  }

  func insertMatches(in window: DocumentWindow, into result: inout MutableSpan<UInt64>) throws(StorageError) {
    if try bound(window) < 0 { return }
    // Frequent words first, by their bitmaps; what they leave is looked up in the others.
    var words = [UInt64](repeating: 0, count: window.wordCount)
    var bits = words.mutableSpan
    var rest: [any Scorer] = []
    var matched = Candidates(wantsScores: false)
    if parts[0].cost >= window.count / 32 {
      bits.insert(0..<window.count)
      for part in parts where try !part.removeOthers(in: window, from: &bits) { rest.append(part) }
      if rest.isEmpty {
        for word in 0..<window.wordCount { result[word] |= bits[word] }
        return
      }
    } else {
      rest = parts
    }
    if rest.count == parts.count {
      try parts[0].collect(window, above: -1, into: &matched)
      rest.removeFirst()
    } else {
      matched.append(bits.span, of: window)
    }
    for part in rest {
      if matched.isEmpty { return }
      try part.narrow(&matched)
    }
    for index in 0..<matched.count {
      let place = Int(matched.document(index) - window.start)
      result[place >> 6] |= 1 << UInt64(place & 63)
    }
  }
}
