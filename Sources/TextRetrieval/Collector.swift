/// Keeps the best of the documents that are offered: a flat buffer that is cut back when full, rather than a heap that every
/// hit disturbs.
///
/// Source: IResearch's notes on top-k collection; `topk` by selection in PISA and Tantivy.
struct Collector {
  /// A document and what orders it: greater priority first, then smaller document number.
  struct Entry {
    var priority: Int64
    var document: UInt32
    var score: Double

    @inline(__always)
    func isBefore(_ other: Entry) -> Bool {
      priority != other.priority ? priority > other.priority : document < other.document
    }
  }

  private let limit: Int
  private var entries: [Entry] = []
  /// Entries that do not come before this one cannot be among the best.
  private var worst: Entry?
  /// What a document's score must exceed to be among the best, as far as it is known; -1 where nothing is.
  private(set) var threshold: Double

  /// A collector of the best `limit` documents, which all score more than `floor`.
  init(limit: Int, floor: Double) {
    self.limit = limit
    threshold = floor
  }

  /// Offers a document.
  @inline(__always)
  mutating func offer(_ entry: Entry) {
    if let worst, !entry.isBefore(worst) { return }
    entries.append(entry)
    if entries.count >= limit + max(limit, 32) { cutBack() }
  }

  /// Offers documents by their scores; documents must ascend from call to call.
  mutating func offer(_ candidates: Candidates) {
    for index in 0..<candidates.count {
      let score = candidates.score(index)
      guard score > threshold else { continue }
      // The bits of doubles that are not negative ascend as the numbers do.
      entries.append(
        Entry(priority: Int64(bitPattern: score.bitPattern), document: candidates.document(index), score: score))
      if entries.count >= limit + max(limit, 32) { cutBackByScore() }
    }
    if canSettle { cutBackByScore() }
  }

  /// Leaves no more entries than are wanted, so that ``worstScore`` is known.
  mutating func settle() {
    if canSettle { cutBack() }
  }

  // Not only when the buffer is full: the sooner the threshold rises, the less is looked at.
  private var canSettle: Bool { entries.count > limit || (entries.count == limit && worst == nil) }

  /// The score of the worst of the best so far; nil while there are fewer than are wanted.
  var worstScore: Double? { worst?.score }

  private mutating func cutBackByScore() {
    cutBack()
    if let worst { threshold = max(threshold, worst.score) }
  }

  /// The best documents in order.
  mutating func best() -> [Entry] {
    entries.sort { $0.isBefore($1) }
    if entries.count > limit { entries.removeLast(entries.count - limit) }
    return entries
  }

  /// What the worst of the best `limit` candidates scores; nil where there are fewer.
  static func leastScore(ofBest limit: Int, _ candidates: Candidates) -> Double? {
    var collector = Collector(limit: limit, floor: -1)
    collector.offer(candidates)
    let best = collector.best()
    return best.count == limit ? best[limit - 1].score : nil
  }

  private mutating func cutBack() {
    guard limit > 0 else {
      entries.removeAll(keepingCapacity: true)
      return
    }
    select(limit)
    entries.removeLast(entries.count - limit)
    worst = entries[limit - 1]
  }

  /// Rearranges the entries so that the first `count` are the best and the last of those is the least of them (Hoare's
  /// quickselect).
  private mutating func select(_ count: Int) {
    var low = 0
    var high = entries.count - 1
    let target = count - 1
    while low < high {
      let pivot = medianOfThree(entries[low], entries[(low + high) / 2], entries[high])
      var left = low
      var right = high
      while left <= right {
        while entries[left].isBefore(pivot) { left += 1 }
        while pivot.isBefore(entries[right]) { right -= 1 }
        if left <= right {
          entries.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if target <= right {
        high = right
      } else if target >= left {
        low = left
      } else {
        return
      }
    }
  }

  private func medianOfThree(_ a: Entry, _ b: Entry, _ c: Entry) -> Entry {
    if a.isBefore(b) { return b.isBefore(c) ? b : (a.isBefore(c) ? c : a) }
    return a.isBefore(c) ? a : (b.isBefore(c) ? c : b)
  }
}
