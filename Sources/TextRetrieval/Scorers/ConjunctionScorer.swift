import BitKernels
import IndexStorage
import InvertedIndex

/// The documents that every part matches; adds up the parts.
///
/// The part in the fewest documents leads: it brings up what can still exceed the threshold if all others give their most, and
/// the others are asked about that only.
final class ConjunctionScorer: Scorer {
  /// By cost, the lead first.
  private let parts: [any Scorer]
  /// What is at hand of the parts but the lead.
  private let otherBitmaps: [DocumentBitmap]
  /// Those of the parts that are ranges of documents: windows keep to them.
  private let ranges: [DocumentRangesScorer]
  /// What each part can give in the window at hand.
  private let maxima: OwnedValue<[Double]>
  private var scratch = Candidates(wantsScores: true)

  init(_ parts: [any Scorer]) {
    precondition(!parts.isEmpty, "a conjunction has a part")
    // Ranges do not lead: windows keep to them anyhow.
    func rank(_ part: any Scorer) -> Int { part is DocumentRangesScorer ? .max - 2 : part.cost }
    self.parts = parts.sorted { rank($0) < rank($1) }
    otherBitmaps = self.parts.dropFirst().flatMap(\.bitmaps)
    ranges = parts.compactMap { $0 as? DocumentRangesScorer }
    maxima = OwnedValue(parts.map { _ in 0 })
  }

  var cost: Int { parts[0].cost }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    // Only where the parts that can skip widely are: leaping from part to part would look at every document of the lead.
    var candidate = try parts[0].nextCandidate(from: target)
    while true {
      let start = candidate
      for range in ranges where candidate != .max { candidate = range.nextCandidate(from: candidate) }
      if candidate == start { return candidate }
    }
  }

  func windowEnd(from start: UInt32) -> UInt32 { parts.reduce(.max) { min($0, $1.windowEnd(from: start)) } }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var sum = 0.0
    for index in parts.indices {
      let maximum = try parts[index].bound(window)
      maxima.value[index] = maximum
      if maximum < 0 { return -1 }
      sum += maximum
    }
    return sum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    var rest = 0.0
    for index in parts.indices.dropFirst() { rest += maxima.value[index] }
    try parts[0].collect(window, among: otherBitmaps, above: threshold - rest, into: &candidates)
    for index in 1..<parts.count {
      if candidates.isEmpty { return }
      if index > 1, threshold >= 0 { candidates.removeScores(upTo: threshold - rest) }
      rest -= maxima.value[index]
      try parts[index].narrow(&candidates, above: threshold - rest)
    }
  }

  func narrow(_ candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    for part in parts { try part.narrow(&candidates, above: -1) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    scratch.copyDocuments(of: candidates)
    try narrow(&scratch, above: -1)
    candidates.merge(scratch)
  }

  func addReach(to candidates: inout Candidates) {
    if maxima.value.allSatisfy({ $0 >= 0 }) { candidates.addReach(maxima.value.reduce(0, +)) }
  }

  func insertMatches(in window: DocumentWindow, into result: inout MutableSpan<UInt64>) throws(StorageError) {
    if try bound(window) < 0 { return }
    var matched = Candidates(wantsScores: false)
    var rest = parts.dropFirst()
    if parts[0].bitmaps.isEmpty {
      try parts[0].collect(window, among: otherBitmaps, above: -1, into: &matched)
    } else {
      // All frequent words by their bitmaps; what they leave is looked up in the others.
      var words = [UInt64](repeating: 0, count: window.wordCount)
      var bits = words.mutableSpan
      try parts[0].insertMatches(in: window, into: &bits)
      while let part = rest.first, try part.removeOthers(in: window, from: &bits) { rest.removeFirst() }
      if rest.isEmpty {
        uniteBits(words, from: 0, count: window.wordCount, into: &result)
        return
      }
      matched.append(bits.span, of: window)
    }
    for part in rest {
      if matched.isEmpty { return }
      try part.narrow(&matched, above: -1)
    }
    matched.insert(into: &result, of: window)
  }
}
