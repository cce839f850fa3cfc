import BitKernels
import IndexStorage

/// The documents that at least one part matches; adds up the parts that do.
///
/// MaxScore: in each window the parts are split by the most they can give there. Those that together cannot lift a document above
/// the threshold are only asked about the documents that the others, the essential ones, bring up.
///
/// Sources: Turtle & Flood 1995 (MaxScore); Ding & Suel 2011 (block bounds); the bulk scorer of Lucene 10.
final class DisjunctionScorer: Scorer {
  private let parts: [any Scorer]
  /// The parts by what they can give in the window at hand, least first.
  private let order: OwnedValue<[(maximum: Double, part: Int)]>
  private var scores: WindowScores?
  /// Whether passing over documents without a part is worth asking every part: not where one is frequent.
  private let skips: Bool

  init(_ parts: [any Scorer], documentCount: Int) {
    self.parts = parts
    order = OwnedValue(parts.indices.map { (0, $0) })
    // Bounded, because the cost of a complement is the greatest number.
    cost = parts.reduce(0) { min($0, .max / 2) + min($1.cost, .max / 2) }
    skips = cost < documentCount / 256
  }

  let cost: Int

  deinit {
    if let scores { ScratchPool.shared.give(scores) }
  }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    if !skips { return target }
    var candidate = UInt32.max
    for part in parts {
      candidate = min(candidate, try part.nextCandidate(from: target))
      if candidate == target { break }
    }
    return candidate
  }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var sum = -1.0
    for index in parts.indices {
      let maximum = try parts[order.value[index].part].bound(window)
      order.value[index].maximum = maximum
      if maximum >= 0 { sum = max(0, sum) + maximum }
    }
    DisjunctionScorer.sort(&order.value)
    return sum
  }

  /// Insertion sort: the order changes little from window to window.
  private static func sort(_ order: inout [(maximum: Double, part: Int)]) {
    guard order.count > 1 else { return }
    for index in 1..<order.count {
      let entry = order[index]
      var place = index
      while place > 0, order[place - 1].maximum > entry.maximum {
        order[place] = order[place - 1]
        place -= 1
      }
      order[place] = entry
    }
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    let (order, parts) = (order.value, parts)
    var first = 0
    var reach = 0.0
    // Parts that match nothing here have a maximum below 0 and stand first.
    while first < order.count, order[first].maximum < 0 || reach + order[first].maximum <= threshold {
      reach += max(0, order[first].maximum)
      first += 1
    }
    guard first < order.count else { return }
    if first == order.count - 1 {
      try parts[order[first].part].collect(window, above: threshold - reach, into: &candidates)
    } else {
      try accumulate(order[first...], window, above: threshold, reach: reach, into: &candidates)
    }
    if candidates.wantsScores, !candidates.isEmpty, first > 0, order[first - 1].maximum >= 0 {
      candidates.clearReach()
      for index in 0..<first { parts[order[index].part].addReach(to: &candidates) }
      candidates.removeReaches(upTo: threshold)
    }
    while first > 0, order[first - 1].maximum >= 0 {
      first -= 1
      if candidates.isEmpty { return }
      let rest = reach - order[first].maximum
      try parts[order[first].part].add(to: &candidates, above: threshold - rest)
      reach = rest
      if first > 0, candidates.wantsScores { candidates.removeScores(upTo: threshold - reach) }
    }
  }

  private func accumulate(
    _ essential: ArraySlice<(maximum: Double, part: Int)>, _ window: DocumentWindow, above threshold: Double, reach: Double,
    into candidates: inout Candidates
  ) throws(StorageError) {
    var scores = self.scores ?? ScratchPool.shared.takeWindowScores()
    // Not to be used again, by this search or another, should reading fail halfway.
    self.scores = nil
    let all = essential.reduce(reach) { $0 + $1.maximum }
    var start = window.start
    while start < window.end {
      let part = DocumentWindow(start: start, end: min(window.end, start + UInt32(DocumentWindow.size)))
      for (maximum, index) in essential {
        try parts[index].accumulate(part, above: threshold - (all - maximum), into: &scores)
      }
      scores.take(above: threshold - reach, in: part, into: &candidates)
      start = part.end
    }
    self.scores = scores
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    for part in parts { try part.add(to: &candidates, above: -1) }
  }

  func addReach(to candidates: inout Candidates) { for part in parts { part.addReach(to: &candidates) } }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    for part in parts { try part.insertMatches(in: window, into: &bits) }
  }
}
