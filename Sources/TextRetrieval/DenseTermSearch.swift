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
    // Groups of greater shares were looked at already.
    var seen = UInt16.max
    if floor < 0, let (best, share) = greatestGroups(in: range) {
      let least = term.scoring.least(weight: term.weight, share: Impact.leastShare(aboveBytes: share - 1) * term.factors.least)
      floor = max(floor, least - term.scoring.step)
      score(best)
      collector.settle()
      seen = share
    }
    var groups = [UInt32](repeating: 0, count: range.count)
    let count = DenseCells.selectGroups(range, where: shares, exceed: bounds.greatestShare(notAbove: threshold), into: &groups)
    score(seen == .max ? groups[..<count] : groups[..<count].filter { shares[Int($0)] <= seen }[...])
    return collector.best()
  }

  /// Where nothing is known of a range of groups: those with greater shares than a share that two groups more than documents are
  /// wanted have at least; nil where there are fewer groups. Each of the best may be in a group of its own; the first and the last
  /// group may have theirs outside the range of documents.
  private func greatestGroups(in range: Range<Int>) -> (groups: ArraySlice<UInt32>, share: UInt16)? {
    let (shares, wanted) = (postings.greatestShares, limit + 2)
    var greatest: [UInt32] = []
    greatest.reserveCapacity(wanted)
    for group in postings.greatestGroups where range.contains(Int(group)) {
      greatest.append(group)
      if greatest.count == wanted { break }
    }
    if greatest.count < wanted {
      guard let limit = DenseCells.limit(ofGreatest: wanted, shares.span.extracting(range)) else { return nil }
      greatest = range.filter { shares[$0] > limit }.map { UInt32($0) }
      greatest.sort { shares[Int($0)] > shares[Int($1)] }
      greatest.removeLast(greatest.count - wanted)
    }
    let share = shares[Int(greatest[wanted - 1])]
    return (greatest[..<(greatest.firstIndex { shares[Int($0)] == share } ?? 0)], share)
  }

  /// What a document must exceed: one that scores as much as the worst of the best so far may come before it.
  private var threshold: Double { max(floor, (collector.worstScore ?? -1) - term.scoring.step) }

  /// Offers the documents of groups but those that cannot be among the best.
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
