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
  /// A part and what it can give in the window at hand; less than 0 where it matches nothing there.
  private typealias Share = (maximum: Double, part: Int)
  /// The parts, those that can give the least first.
  private let order: OwnedValue<[Share]>
  /// The parts that are words.
  private let words: [TermScorer]
  /// Where all parts are words, the only one that is much rarer than the others together.
  private let rareWord: Int?
  private var scores: WindowScores?
  /// Whether passing over documents without a part is worth asking every part: not where one is frequent.
  private let skips: Bool

  /// - Parameter scores: whether scores are wanted; not so for counting.
  init(_ parts: [any Scorer], dense: DenseScorer?, documentCount: Int, scores: Bool) {
    self.parts = parts
    self.dense = dense
    // Bounded, because the cost of a complement is the greatest number.
    cost = parts.reduce(dense?.cost ?? 0) { min($0, .max / 2) + min($1.cost, .max / 2) }
    order = OwnedValue(parts.indices.map { (0, $0) })
    let words = scores ? parts.compactMap { $0 as? TermScorer } : []
    self.words = words
    let total = words.reduce(0) { $0 + $1.cost }
    let rare = words.indices.filter { words[$0].cost < total / Self.rareShare }
    rareWord = words.count == parts.count && rare.count == 1 ? rare[0] : nil
    skips = dense == nil && cost < documentCount / 256
  }

  let cost: Int

  /// A word is rare that has fewer than one of so many documents of all words.
  private static let rareShare = 16

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
    guard let weightiest = words.max(by: { $0.greatest < $1.greatest }) else { return nil }
    var candidates = ScratchPool.shared.takeCandidates()
    try weightiest.seed(&candidates)
    candidates.keep(documents)
    var least: Double?
    if candidates.count >= limit {
      // Only those that can get the most are worth scoring.
      candidates.clearReach()
      dense.addReach(to: &candidates)
      candidates.keepGreatestReaches(atLeast: 2 * limit)
      dense.addScores(to: &candidates)
      least = Collector.leastScore(ofBest: limit, candidates)
    }
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
  private static func sort(_ order: inout [Share]) {
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
    let order = order.value
    if let rareWord, threshold >= 0, candidates.wantsScores {
      let others = order.filter { $0.part != rareWord }
      if others.count - reachBelow(others, threshold).count <= 1 {
        return try collect(rareWord, others, window, above: threshold, into: &candidates)
      }
    }
    try collect(order, window, above: threshold, into: &candidates)
  }

  /// A rare word brings up what it matches, and the others are asked about that. All other documents lack it, so that for those one
  /// need not reckon with what it could add, which would be much everywhere for the sake of a few documents.
  private func collect(
    _ rareWord: Int, _ others: [Share], _ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    try collect(others, window, above: threshold, into: &candidates)
    let reach = others.reduce(max(0, denseMaximum)) { $0 + max(0, $1.maximum) }
    var found = ScratchPool.shared.takeCandidates()
    try words[rareWord].collect(window, above: threshold - reach, into: &found)
    if !found.isEmpty {
      for other in others { words[other.part].returnToStart() }
      try addOthers(others, reach: reach, above: threshold, to: &found)
      // What both have is right in full where the rare word brought it up.
      found.insert(candidates)
      swap(&found, &candidates)
    }
    ScratchPool.shared.give(found)
  }

  /// How many of some parts cannot, with the frequent words, lift a document above the threshold; and what those can give together.
  private func reachBelow(_ order: [Share], _ threshold: Double) -> (count: Int, reach: Double) {
    var count = 0
    var reach = max(0, denseMaximum)
    // Parts that match nothing here have a maximum below 0 and stand first.
    while count < order.count, order[count].maximum < 0 || reach + order[count].maximum <= threshold {
      reach += max(0, order[count].maximum)
      count += 1
    }
    return (count, reach)
  }

  /// What some of the parts, by what they can give, and the frequent words match.
  private func collect(
    _ order: [Share], _ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    let (first, reach) = reachBelow(order, threshold)
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
    _ others: [Share], reach: Double, above threshold: Double, to candidates: inout Candidates
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
    _ essential: ArraySlice<Share>, _ window: DocumentWindow, above threshold: Double, reach: Double,
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
