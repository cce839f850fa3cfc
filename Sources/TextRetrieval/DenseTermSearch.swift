import BitKernels
import InvertedIndex

/// As ``TermSearch``, of a frequent word: groups of 64 documents with the greatest shares come first, and nothing is decoded.
struct DenseTermSearch {
  private let term: TermSearch.Term
  private let postings: DensePostings
  private let limit: Int
  /// Documents that score less, or as much, need not be found.
  private var floor: Double
  private var collector: Collector
  private let bounds: ShareBounds
  /// What a document gets at most for each class.
  private let unit: Double

  /// - Parameter floor: documents that score less, or as much, need not be found; -1 for none.
  init(_ term: TermSearch.Term, _ postings: DensePostings, limit: Int, floor: Double) {
    self.term = term
    self.postings = postings
    self.limit = limit
    self.floor = floor
    collector = Collector(limit: limit, floor: floor)
    bounds = ShareBounds(term.scoring, weight: term.weight, factor: term.factors.greatest)
    unit = term.scoring.unit(weight: term.weight, factor: term.factors.greatest)
  }

  /// The best documents in order.
  consuming func run() -> [Collector.Entry] {
    guard !term.range.isEmpty else { return [] }
    let range = term.range.lowerBound / DenseCells.groupSize..<(term.range.upperBound - 1) / DenseCells.groupSize + 1
    let shares = postings.greatestShares
    // Where nothing is known: each of the best may be in a group of its own; the first and the last may have theirs outside the range.
    if floor < 0, let share = DenseCells.limit(ofGreatest: limit + 2, shares.span.extracting(range)) {
      let least = term.scoring.least(weight: term.weight, share: Impact.leastShare(aboveBytes: share) * term.factors.least)
      floor = max(floor, least - term.scoring.step)
    }
    var groups = [UInt32](repeating: 0, count: range.count)
    let count = DenseCells.selectGroups(range, where: shares, exceed: bounds.greatestShare(notAbove: threshold), into: &groups)
    score(groups[..<count])
    return collector.best()
  }

  /// What a document must exceed: one that scores as much as the worst of the best so far may come before it.
  private var threshold: Double { max(floor, (collector.worstScore ?? -1) - term.scoring.step) }

  /// Offers the documents of groups, which ascend, but those that cannot be among the best.
  private mutating func score(_ groups: ArraySlice<UInt32>) {
    for group in groups.lazy.map(Int.init) {
      let threshold = threshold
      if bounds.bound(postings.greatestShares[group]) <= threshold { continue }
      var left = postings.documents.present[group]
      while left != 0 {
        let document = UInt32(group * DenseCells.groupSize + left.trailingZeroBitCount)
        left &= left - 1
        guard term.range.contains(Int(document)) else { continue }
        let (impact, occurrences) = postings.cell(of: document)
        if unit * Double(impact) <= threshold { continue }
        let score = term.formula.contribution(of: document, occurrences: occurrences)
        guard score > threshold else { continue }
        // The bits of doubles that are not negative ascend as the numbers do.
        collector.offer(Collector.Entry(priority: Int64(bitPattern: score.bitPattern), document: document, score: score))
      }
    }
  }
}
