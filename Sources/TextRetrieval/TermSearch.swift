import BitKernels
import IndexStorage
import InvertedIndex

/// The best documents of one list among all documents or a range of them: blocks with the greatest bounds come first, so that most
/// others need not be looked at. A frequent word goes the way of ``DenseTermSearch``.
///
/// What a list says of its best documents (``PostingLists/leastShare(of:atRank:)``) says nothing of a range; this comes to as high
/// a threshold, and decodes no block twice.
struct TermSearch: ~Copyable {
  /// The list, and what it gives to scores.
  struct Term {
    var entry: TermEntry
    var lists: PostingLists
    /// The documents that count.
    var range: Range<Int>
    var formula: TermFormula
    // What bounds its scores.
    var scoring: Scoring
    var weight: Double
    var factors: (greatest: Double, least: Double)
  }

  /// A block that reaches the range.
  private struct Block {
    var impact: UInt8
    var lastDocument: UInt32
  }

  private let term: Term
  private let limit: Int
  /// Documents that score less, or as much, need not be found.
  private var floor: Double
  private var collector: Collector
  private var contributions = ContributionBlock(repeating: 0)

  /// Blocks looked at before a threshold is known, at most.
  private static let mostFirstBlocks = 64

  /// - Parameter floor: documents that score less, or as much, need not be found; -1 for none.
  init(_ term: Term, limit: Int, floor: Double) {
    self.term = term
    self.limit = limit
    self.floor = floor
    collector = Collector(limit: limit, floor: floor)
  }

  /// The best documents in order.
  consuming func run() throws(StorageError) -> [Collector.Entry] {
    if let postings = try term.lists.densePostings(of: term.entry) {
      return DenseTermSearch(term, postings, limit: limit, floor: floor).run()
    }
    let blocks = try blocks()
    var counts = [Int](repeating: 0, count: 256)
    for block in blocks { counts[Int(block.impact)] += 1 }
    // To begin with: each of the best documents may be in a block of its own.
    let least = TermSearch.impact(ofRank: min(limit, Self.mostFirstBlocks), counts)
    floor = max(floor, leastScore(counts) - term.scoring.step)
    try score(blocks.filter { $0.impact >= least })
    let worst = collector.worstScore ?? -1
    let rest = blocks.filter { $0.impact < least && bound(of: $0) >= worst }
    if !rest.isEmpty { try score(rest) }
    return collector.best()
  }

  /// The blocks that reach the range, ascending; a list of one block has a bound of its own.
  private func blocks() throws(StorageError) -> [Block] {
    var cursor = try term.lists.cursor(for: term.entry)
    guard cursor.hasBounds else { return [Block(impact: .max, lastDocument: UInt32(term.range.lowerBound))] }
    var blocks: [Block] = []
    var target = UInt32(term.range.lowerBound)
    while target < term.range.upperBound, try cursor.moveGroup(reaching: target) {
      let (impacts, last) = (cursor.groupImpacts, cursor.groupLastDocuments)
      for index in impacts.indices where last[index] >= target {
        blocks.append(Block(impact: impacts[index], lastDocument: last[index]))
        if last[index] >= term.range.upperBound - 1 { return blocks }
      }
      target = last[last.count - 1] + 1
    }
    return blocks
  }

  /// The greatest impact that so many blocks have at least; 0 where there are fewer blocks.
  private static func impact(ofRank rank: Int, _ counts: [Int]) -> UInt8 {
    var left = rank
    for impact in stride(from: 255, through: 1, by: -1) {
      left -= counts[impact]
      if left <= 0 { return UInt8(impact) }
    }
    return 0
  }

  /// What the worst of the best documents scores at least, as far as impacts tell: the best document of a block has nearly the share
  /// that its impact says, and it is in the range where the whole block is, as are all but the first and the last.
  private func leastScore(_ counts: [Int]) -> Double {
    let share = Impact.leastShare(ofByte: TermSearch.impact(ofRank: limit + 2, counts)) * term.factors.least
    return term.scoring.least(weight: term.weight, share: share)
  }

  /// What no document of a block exceeds.
  private func bound(of block: Block) -> Double {
    term.scoring.bound(weight: term.weight, impact: block.impact, factor: term.factors.greatest)
  }

  /// Offers the documents of blocks, which ascend, but those that cannot be among the best.
  private mutating func score(_ blocks: [Block]) throws(StorageError) {
    var cursor = try term.lists.cursor(for: term.entry)
    for block in blocks {
      // A document that scores as much as the worst of the best so far may come before it.
      let least = collector.worstScore ?? -1
      let bound = bound(of: block)
      if bound < least || bound <= floor { continue }
      guard try cursor.advance(toBlockWith: block.lastDocument) else { return }
      try cursor.loadOccurrences()
      let range = cursor.range(from: UInt32(term.range.lowerBound), to: UInt32(term.range.upperBound))
      let postings = cursor.block
      term.formula.score(postings, range, into: &contributions)
      for index in range where contributions[index] >= least && contributions[index] > floor {
        let score = contributions[index]
        // The bits of doubles that are not negative ascend as the numbers do.
        collector.offer(
          Collector.Entry(priority: Int64(bitPattern: score.bitPattern), document: postings.documents[index], score: score))
      }
      collector.settle()
    }
  }
}
