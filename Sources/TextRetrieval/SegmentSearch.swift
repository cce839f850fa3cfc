import IndexStorage
import InvertedIndex

/// A search in one segment, window by window.
struct SegmentSearch {
  private let segment: SegmentReader
  private let scorer: any Scorer
  private let ranking: DocumentRanking
  private let countsMatches: Bool
  private let limit: Int
  private var collector: Collector
  private var scores = [Double](repeating: 0, count: DocumentWindow.size)
  /// The matching documents so far; all of them only if they are counted.
  private(set) var matchCount = 0

  init(segment: SegmentReader, scorer: any Scorer, ranking: DocumentRanking, limit: Int, countsMatches: Bool) {
    self.segment = segment
    self.scorer = scorer
    self.ranking = ranking
    self.limit = limit
    self.countsMatches = countsMatches
    collector = Collector(limit: limit)
  }

  /// The best documents of the segment in order.
  mutating func run() throws(StorageError) -> [Collector.Entry] {
    var target: UInt32 = 0
    while true {
      let start = try scorer.nextCandidate(from: target)
      guard start < segment.documentCount else { break }
      let window = DocumentWindow(from: start, documentCount: segment.documentCount)
      var matches = WindowBits(first: window.count)
      try scorer.filter(window, &matches)
      let count = matches.count
      matchCount += count
      if limit > 0, count > 0 { try collect(window, matches) }
      // Documents lie newest first, so the first ones found are the newest.
      if ranking == .newest, !countsMatches, matchCount >= limit { break }
      target = window.end
    }
    return collector.best()
  }

  private mutating func collect(_ window: DocumentWindow, _ matches: WindowBits) throws(StorageError) {
    try scorer.score(window, matches, into: &scores)
    try matches.forEach { (index) throws(StorageError) in
      let document = window.start + UInt32(index)
      let score = scores[index]
      scores[index] = 0
      collector.offer(
        Collector.Entry(priority: try priority(document: document, score: score), document: document, score: score))
    }
  }

  /// What orders a document: greater first.
  @inline(__always)
  private func priority(document: UInt32, score: Double) throws(StorageError) -> Int64 {
    switch ranking {
    // The bits of doubles that are not negative ascend as the numbers do.
    case .relevance: return Int64(bitPattern: score.bitPattern)
    case .newest: return try segment.sortKey(Int(document))
    case .oldest:
      let key = try segment.sortKey(Int(document))
      return key == .min ? .min : -key
    }
  }
}
