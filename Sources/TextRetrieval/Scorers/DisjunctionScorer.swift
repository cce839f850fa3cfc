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
  private var order: [(maximum: Double, part: Int)]
  /// The parts that were essential in the window before, for where to end the next.
  private var essential: [Int]
  private var scores: WindowScores?
  /// Whether the scores are all zero; not so where reading failed halfway.
  private var isClean = true

  init(_ parts: [any Scorer]) {
    self.parts = parts
    order = parts.indices.map { (0, $0) }
    essential = Array(parts.indices)
    // Bounded, because the cost of a complement is the greatest number.
    cost = parts.reduce(0) { min($0, .max / 2) + min($1.cost, .max / 2) }
  }

  let cost: Int

  deinit {
    if isClean, let scores { ScratchPool.shared.give(scores) }
  }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    var candidate = UInt32.max
    for part in parts {
      candidate = min(candidate, try part.nextCandidate(from: target))
      if candidate == target { break }
    }
    return candidate
  }

  func boundEnd(from start: UInt32) throws(StorageError) -> UInt32 {
    var end = UInt32.max
    for part in essential { end = min(end, try parts[part].boundEnd(from: start)) }
    return end
  }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var sum = -1.0
    for index in order.indices {
      let maximum = try parts[order[index].part].bound(window)
      order[index].maximum = maximum
      if maximum >= 0 { sum = max(0, sum) + maximum }
    }
    sortOrder()
    return sum
  }

  /// Insertion sort: the order changes little from window to window.
  private func sortOrder() {
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
    var first = 0
    var reach = 0.0
    // Parts that match nothing here have a maximum below 0 and stand first.
    while first < order.count, order[first].maximum < 0 || reach + order[first].maximum <= threshold {
      reach += max(0, order[first].maximum)
      first += 1
    }
    essential.removeAll(keepingCapacity: true)
    for index in first..<order.count { essential.append(order[index].part) }
    guard first < order.count else { return }
    if first == order.count - 1 {
      try parts[order[first].part].collect(window, above: threshold - reach, into: &candidates)
    } else {
      try accumulate(from: first, window, above: threshold, reach: reach, into: &candidates)
    }
    if first > 0, !candidates.isEmpty, candidates.wantsScores {
      candidates.clearReach()
      for index in 0..<first { parts[order[index].part].addReach(to: &candidates) }
      candidates.removeReaches(upTo: threshold)
    }
    while first > 0, order[first - 1].maximum >= 0 {
      first -= 1
      if candidates.isEmpty { return }
      if candidates.wantsScores { candidates.removeScores(upTo: threshold - reach) }
      let rest = reach - order[first].maximum
      try parts[order[first].part].add(to: &candidates, above: threshold - rest)
      reach = rest
    }
  }

  private func accumulate(
    from first: Int, _ window: DocumentWindow, above threshold: Double, reach: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    let all = order[first...].reduce(reach) { $0 + $1.maximum }
    if scores == nil { scores = ScratchPool.shared.takeWindowScores() }
    var start = window.start
    while start < window.end {
      let part = DocumentWindow(start: start, end: min(window.end, start + UInt32(DocumentWindow.size)))
      isClean = false
      for (maximum, index) in order[first...] {
        try parts[index].accumulate(part, above: threshold - (all - maximum), into: &scores!)
      }
      isClean = true
      scores!.take(above: threshold - reach, in: part, into: &candidates)
      start = part.end
    }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    for part in parts { try part.add(to: &candidates, above: -1) }
  }

  func addReach(to candidates: inout Candidates) { for part in parts { part.addReach(to: &candidates) } }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    for part in parts { try part.insertMatches(in: window, into: &bits) }
  }
}
