import BitKernels
import IndexStorage
import InvertedIndex

/// The matching documents of one segment by date.
struct DatedSearch {
  private let segment: SegmentReader
  private let scorer: any Scorer
  private let isNewestFirst: Bool
  private let limit: Int

  /// The first window of a search for the newest: often all that is needed.
  private static let firstWindow: UInt32 = 128

  init(_ scorer: any Scorer, segment: SegmentReader, isNewestFirst: Bool, limit: Int) {
    self.scorer = scorer
    self.segment = segment
    self.isNewestFirst = isNewestFirst
    self.limit = limit
  }

  /// The first documents in order of their dates, with their scores.
  ///
  /// Documents lie newest first, so the search for the newest ends with the first that are found.
  func run() throws(StorageError) -> [Collector.Entry] {
    var collector = Collector(limit: limit, floor: -1)
    var candidates = Candidates(wantsScores: true)
    let documentCount = UInt32(segment.documentCount)
    var start = try scorer.nextCandidate(from: 0)
    var found = 0
    var length = isNewestFirst ? Self.firstWindow : UInt32(DocumentWindow.size)
    while start < documentCount {
      let window = DocumentWindow(start: start, end: min(documentCount, start + length, scorer.windowEnd(from: start)))
      length = min(4 * length, UInt32(DocumentWindow.size))
      candidates.removeAll()
      if try scorer.bound(window) >= 0 { try scorer.collect(window, above: -1, into: &candidates) }
      for index in 0..<candidates.count {
        let document = candidates.document(index)
        let key = try segment.sortKey(Int(document))
        collector.offer(
          Collector.Entry(
            priority: isNewestFirst || key == .min ? key : -key, document: document, score: candidates.score(index)))
      }
      found += candidates.count
      if isNewestFirst, found >= limit { break }
      start = window.end < documentCount ? try scorer.nextCandidate(from: window.end) : documentCount
    }
    return collector.best()
  }
}
