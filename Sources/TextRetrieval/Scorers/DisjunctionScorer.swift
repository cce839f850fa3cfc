import BitKernels
import IndexStorage

/// The documents that at least one part matches; adds up the parts that do.
///
/// MaxScore: in each window the parts are split by the most they can give there. Those that together cannot lift a document above
/// the threshold are only asked about the documents that the others, the essential ones, bring up.
///
/// Frequent words stand apart: what they give together is bounded for all documents at once, so a document is brought up by another
/// part, or because the frequent words alone lift it above the threshold.
///
/// Sources: Turtle & Flood 1995 (MaxScore); Ding & Suel 2011 (block bounds); the bulk scorer of Lucene 10.
final class DisjunctionScorer: Scorer {
  private let parts: [any Scorer]
  private let dense: DenseScorer?
  /// What the frequent words can give in the window at hand.
  private var denseMaximum = -1.0
  /// The parts by what they can give in the window at hand, least first.
  private let order: OwnedValue<[(maximum: Double, part: Int)]>
  private var scores: WindowScores?
  /// Whether passing over documents without a part is worth asking every part: not where one is frequent.
  private let skips: Bool

  init(_ parts: [any Scorer], dense: DenseScorer?, documentCount: Int) {
    self.parts = parts
    self.dense = dense
    order = OwnedValue(parts.indices.map { (0, $0) })
    // Bounded, because the cost of a complement is the greatest number.
    cost = parts.reduce(dense?.cost ?? 0) { min($0, .max / 2) + min($1.cost, .max / 2) }
    skips = dense == nil && cost < documentCount / 256
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

  /// Looks at a few blocks of the weightiest word that is not frequent, and at what the frequent ones add there.
  func leastScore(ofBest limit: Int, among documents: Range<UInt32>) throws(StorageError) -> Double? {
    guard let dense else { return nil }
    let words = parts.compactMap { $0 as? TermScorer }
    guard let weightiest = words.max(by: { $0.greatest < $1.greatest }) else { return nil }
    var candidates = ScratchPool.shared.takeCandidates()
    try weightiest.seed(&candidates)
    candidates.keep(documents)
    // Only those that can get the most are worth scoring.
    candidates.clearReach()
    dense.addReach(to: &candidates)
    candidates.keepGreatestReaches(atLeast: 2 * limit)
    dense.addScores(to: &candidates)
    let least = Collector.leastScore(ofBest: limit, candidates)
    ScratchPool.shared.give(candidates)
    return least
  }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var sum = -1.0
    for index in parts.indices {
      let maximum = try parts[order.value[index].part].bound(window)
      order.value[index].maximum = maximum
      if maximum >= 0 { sum = max(0, sum) + maximum }
    }
    DisjunctionScorer.sort(&order.value)
    if let dense {
      denseMaximum = dense.bound(window)
      if denseMaximum >= 0 { sum = max(0, sum) + denseMaximum }
    }
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
    var reach = max(0, denseMaximum)
    // Parts that match nothing here have a maximum below 0 and stand first.
    while first < order.count, order[first].maximum < 0 || reach + order[first].maximum <= threshold {
      reach += max(0, order[first].maximum)
      first += 1
    }
    if first == order.count - 1 {
      try parts[order[first].part].collect(window, above: threshold - reach, into: &candidates)
    } else if first < order.count {
      try accumulate(order[first...], window, above: threshold, reach: reach, into: &candidates)
    }
    try addOthers(Array(order[..<first]), reach: reach, above: threshold, to: &candidates)
    if let dense, denseMaximum > threshold {
      // No other part was left to be added, so that the candidates are all documents that have one and exceed the threshold.
      var frequent = candidates.wantsScores ? ScratchPool.shared.takeCandidates() : Candidates(wantsScores: false)
      dense.collect(window, above: threshold, into: &frequent)
      candidates.insert(frequent)
      if frequent.wantsScores { ScratchPool.shared.give(frequent) }
    }
  }

  /// Adds the parts that are not essential, and the frequent words, to what the essential ones brought up.
  private func addOthers(
    _ others: [(maximum: Double, part: Int)], reach: Double, above threshold: Double, to candidates: inout Candidates
  ) throws(StorageError) {
    var left = others.count
    let hasDense = dense != nil && denseMaximum >= 0
    guard !candidates.isEmpty, hasDense || left > 0 && others[left - 1].maximum >= 0 else { return }
    if candidates.wantsScores {
      candidates.clearReach()
      for other in others { parts[other.part].addReach(to: &candidates) }
      if hasDense { dense?.addReach(to: &candidates) }
      candidates.removeReaches(upTo: threshold)
    }
    var reach = reach
    while left > 0, others[left - 1].maximum >= 0 {
      left -= 1
      if candidates.isEmpty { return }
      let rest = reach - others[left].maximum
      try parts[others[left].part].add(to: &candidates, above: threshold - rest)
      reach = rest
      if reach > 0, candidates.wantsScores { candidates.removeScores(upTo: threshold - reach) }
    }
    if hasDense, candidates.wantsScores { dense?.addScores(to: &candidates) }
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
    dense?.add(to: &candidates, above: -1)
  }

  func addReach(to candidates: inout Candidates) {
    for part in parts { part.addReach(to: &candidates) }
    dense?.addReach(to: &candidates)
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    for part in parts { try part.insertMatches(in: window, into: &bits) }
    dense?.insertMatches(in: window, into: &bits)
  }
}
