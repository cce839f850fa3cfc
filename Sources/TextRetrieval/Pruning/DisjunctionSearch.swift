import IndexStorage
import InvertedIndex

/// The best documents of a ranked disjunction of words, without looking at documents that cannot be among them.
///
/// MaxScore over windows: in each window the words are split by the most they can give there. Those that together cannot lift a
/// document above the worst of the best so far are only looked up for documents that the other, essential words bring up.
/// The windows follow block borders of the essential words, so that bounds are tight, and a window whose words together cannot
/// reach the threshold is passed over without decoding anything.
///
/// Sources: Turtle & Flood 1995 (MaxScore); Ding & Suel 2011 (block bounds); the bulk scorer of Lucene 10.
///
/// Exact: sums do not depend on the order of addition (Decisions/0001), bounds are never below a contribution, and because
/// documents come in the order that breaks ties, one that can only equal the threshold is rightly left out.
struct DisjunctionSearch {
  /// Windows are at most so long, so that scores stay in the nearest cache.
  private static let longestWindow: UInt32 = 4096
  /// Windows are at least so long, so that splitting the words costs little beside scoring. Not measured yet against others.
  private static let shortestWindow: UInt32 = 512

  private var terms: [BoundedTerm]
  private let documentCount: UInt32
  private var collector: Collector
  private var scores = [Double](repeating: 0, count: Int(longestWindow))
  private var marks = [UInt64](repeating: 0, count: Int(longestWindow) / 64)
  /// `reach[i]` is what the words up to i can give together.
  private var reach: [Double]
  /// The words from here on are essential in the window at hand.
  private var firstEssential = 0

  init(_ terms: [BoundedTerm], documentCount: Int, limit: Int) {
    self.terms = terms
    self.documentCount = UInt32(documentCount)
    reach = Array(repeating: 0, count: terms.count)
    collector = Collector(limit: limit)
  }

  /// The best documents in order.
  mutating func run() throws(StorageError) -> [Collector.Entry] {
    if terms.isEmpty { return [] }
    var start: UInt32 = 0
    while start < documentCount {
      let end = try windowEnd(from: start)
      for term in terms { try term.bound(from: start, to: end) }
      terms.sort { $0.maximum < $1.maximum }
      split()
      if firstEssential < terms.count {
        for index in firstEssential..<terms.count {
          try terms[index].accumulate(from: start, to: end, into: &scores, &marks)
        }
        try collect(from: start, to: end)
      }
      start = end
    }
    return collector.best()
  }

  /// The end of the window: the nearest block border of the words that were essential last, within limits.
  private func windowEnd(from start: UInt32) throws(StorageError) -> UInt32 {
    var end = start + Self.longestWindow
    for index in min(firstEssential, terms.count - 1)..<terms.count {
      let last = try terms[index].blockEnd(reaching: start)
      if last < end { end = last + 1 }
    }
    return min(max(end, start + Self.shortestWindow), documentCount)
  }

  private mutating func split() {
    let threshold = collector.thresholdScore
    var sum = 0.0
    firstEssential = 0
    for (index, term) in terms.enumerated() {
      sum += term.maximum
      reach[index] = sum
      if sum <= threshold { firstEssential = index + 1 }
    }
  }

  /// Offers the documents that the essential words brought up, each with what the other words give it.
  private mutating func collect(from start: UInt32, to end: UInt32) throws(StorageError) {
    for word in 0..<Int(end - start + 63) / 64 {
      var bits = marks[word]
      guard bits != 0 else { continue }
      marks[word] = 0
      while bits != 0 {
        let place = word * 64 + bits.trailingZeroBitCount
        bits &= bits - 1
        let score = scores[place]
        scores[place] = 0
        try offer(start + UInt32(place), score)
      }
    }
  }

  @inline(__always)
  private mutating func offer(_ document: UInt32, _ essential: Double) throws(StorageError) {
    var score = essential
    let threshold = collector.thresholdScore
    var index = firstEssential - 1
    while index >= 0 {
      // Exact, because bounds are multiples of the same step as contributions.
      if score + reach[index] <= threshold { return }
      score += try terms[index].contribution(of: document)
      index -= 1
    }
    if score > threshold {
      collector.offer(Collector.Entry(priority: Int64(bitPattern: score.bitPattern), document: document, score: score))
    }
  }
}
