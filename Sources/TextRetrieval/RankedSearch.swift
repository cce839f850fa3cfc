import IndexStorage
import InvertedIndex

/// The best documents of one segment, or of a range of it, by score, without looking closely at documents that cannot be among them.
///
/// Exact: sums do not depend on the order of addition (Decisions/0001), bounds are never below a score, and because documents
/// come in the order that breaks ties, one that can only equal the worst of the best so far is rightly left out.
struct RankedSearch {
  private let scorer: any Scorer
  private let documents: Range<UInt32>
  private let prunes: Bool
  private var candidates = ScratchPool.shared.takeCandidates()
  private var collector: Collector
  /// The candidates of all windows: where nothing is pruned, the documents that match.
  private(set) var candidateCount = 0

  /// Windows grow from the first length to the last: the threshold rises steeply at first, and every window costs something.
  private static let firstWindow: UInt32 = 1_024
  private static let longestWindow: UInt32 = 32_768
  /// Where no more documents than this can match, one window is enough.
  private static let fewMatches = 512

  /// - Parameter floor: documents that score less, or as much, need not be found; -1 for none.
  init(_ scorer: any Scorer, among documents: Range<UInt32>, limit: Int, floor: Double, prunes: Bool) {
    self.scorer = scorer
    self.documents = documents
    self.prunes = prunes
    collector = Collector(limit: limit, floor: prunes ? floor : -1)
  }

  /// The best documents in order.
  mutating func run() throws(StorageError) -> [Collector.Entry] {
    let past = documents.upperBound
    var start = documents.isEmpty ? past : try scorer.nextCandidate(from: documents.lowerBound)
    let isOneWindow = scorer.cost <= Self.fewMatches
    let longest = isOneWindow ? past : Self.longestWindow
    var length = isOneWindow || collector.threshold > 0 ? longest : Self.firstWindow
    while start < past {
      let stepEnd = prunes ? try scorer.stepEnd(from: start) : .max
      let end = min(past, start + length, scorer.windowEnd(from: start), stepEnd)
      let window = DocumentWindow(start: start, end: end)
      length = min(2 * length, longest)
      let threshold = prunes ? collector.threshold : -1
      if try scorer.bound(window) > threshold {
        candidates.removeAll()
        try scorer.collect(window, above: threshold, into: &candidates)
        candidateCount += candidates.count
        collector.offer(candidates)
      }
      start = window.end
      if start < past { start = try scorer.nextCandidate(from: start) }
    }
    ScratchPool.shared.give(candidates)
    return collector.best()
  }
}
