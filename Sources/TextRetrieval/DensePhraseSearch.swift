import BitKernels
import InvertedIndex

/// The best documents of a phrase of frequent words among all documents or a range of them: groups of 64 documents that could get
/// most come first, so that the threshold is soon as high as it gets, and most others need not be looked at.
struct DensePhraseSearch: ~Copyable {
  /// The phrase, and what it gives to scores.
  struct Phrase: ~Copyable {
    var words: DensePhrase
    /// The documents that count.
    var range: Range<Int>
    var formula: PhraseFormula
    // What bounds its scores.
    var bounds: ShareBounds
    var step: Double
  }

  private var words: DensePhrase
  private let formula: PhraseFormula
  private let bounds: ShareBounds
  private let step: Double
  /// The documents that count.
  private let window: DocumentWindow
  /// Documents that score less, or as much, need not be found.
  private let floor: Double
  private var collector: Collector
  private let limit: Int

  /// How many groups come first, and by how much more are looked at each time.
  private static let leastFirstGroups = 16
  private static let growth = 4

  /// - Parameter floor: documents that score less, or as much, need not be found; -1 for none.
  init(_ phrase: consuming Phrase, limit: Int, floor: Double) {
    formula = phrase.formula
    bounds = phrase.bounds
    step = phrase.step
    window = DocumentWindow(start: UInt32(phrase.range.lowerBound), end: UInt32(phrase.range.upperBound))
    words = phrase.words
    self.limit = limit
    self.floor = floor
    collector = Collector(limit: limit, floor: floor)
  }

  /// The best documents in order.
  consuming func run() -> [Collector.Entry] {
    guard window.count > 0 else { return [] }
    let range = DensePhrase.groups(of: window)
    let shares = words.shares
    var groups = [UInt32](repeating: 0, count: range.count)
    // Groups of greater shares were looked at already.
    var seen = UInt16.max
    var wanted = max(limit, Self.leastFirstGroups)
    while true {
      let least = bounds.greatestShare(notAbove: threshold)
      let next = wanted < range.count ? DenseCells.limit(ofGreatest: wanted, shares.span.extracting(range)) : nil
      let lowest = max(least, next ?? 0)
      if lowest < seen {
        let count = DenseCells.selectGroups(range, where: shares, exceed: lowest, into: &groups)
        score(groups[..<count].lazy.map(Int.init).filter { shares[$0] <= seen })
        collector.settle()
      }
      guard let next, next > least else { return collector.best() }
      seen = min(seen, next)
      wanted *= Self.growth
    }
  }

  /// What a document must exceed: one that scores as much as the worst of the best so far may come before it.
  private var threshold: Double { max(floor, (collector.worstScore ?? -1) - step) }

  private mutating func score(_ groups: some Sequence<Int>) {
    let (formula, floor) = (formula, floor)
    words.forEachMatch(ofGroups: groups, in: window, worth: formula.threshold(threshold)) { document, starts in
      guard let score = formula.score(document, starts), score > floor else { return }
      // The bits of doubles that are not negative ascend as the numbers do.
      collector.offer(Collector.Entry(priority: Int64(bitPattern: score.bitPattern), document: document, score: score))
    }
  }
}
