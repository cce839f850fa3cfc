import BitKernels
import InvertedIndex

/// What ``DenseWords`` work on: the sums of all groups of a segment; and of some groups which documents are meant, and their sums.
struct DenseScratch {
  /// What the documents of each group of the segment get at most.
  private(set) var groupSums: [UInt16] = []
  /// The groups at hand, ascending; the first `count` count.
  private(set) var groups: [UInt32] = []
  /// The documents of each that are meant: document i of the group is bit i.
  private(set) var masks: [UInt64] = []
  private(set) var count = 0
  private var sums: [UInt16] = []

  /// How many documents of the groups at hand are meant.
  var documentCount: Int { DenseCells.documentCount(of: masks, count: count) }

  /// Adds up the groups of the segment.
  mutating func sumGroups(_ words: [DenseWord], _ weights: [UInt16]) {
    let groupCount = words[0].postings.greatestClasses.count
    DenseScratch.grow(&groupSums, to: groupCount, 0)
    groupSums.removeLast(groupSums.count - groupCount)
    for group in 0..<groupCount { groupSums[group] = 0 }
    for (word, weight) in zip(words, weights) {
      DenseCells.addGreatest(word.postings.greatestClasses, weight: weight, to: &groupSums)
    }
  }

  /// Makes the groups of a range that can exceed a limit those at hand, with all their documents.
  mutating func select(_ range: Range<Int>, above limit: UInt16?) {
    makeRoom(range.count)
    if let limit {
      count = DenseCells.selectGroups(range, where: groupSums, exceed: limit, into: &groups)
    } else {
      for (place, group) in range.enumerated() { groups[place] = UInt32(group) }
      count = range.count
    }
    for place in 0..<count { masks[place] = .max }
  }

  /// Makes about so many groups of a range, those with the greatest sums, the ones at hand; no fewer, where there are so many.
  mutating func selectGreatestGroups(_ range: Range<Int>, atLeast wanted: Int) {
    select(range, above: DenseCells.limit(ofGreatest: wanted, groupSums.span.extracting(range)))
  }

  /// Leaves out documents outside a window, which begins and ends in the first and last group.
  mutating func restrict(to window: DocumentWindow) {
    guard count > 0 else { return }
    let size = UInt32(DenseCells.groupSize)
    if groups[0] == window.start / size { masks[0] &= .max << UInt64(window.start % size) }
    let past = window.end % size
    if past > 0, groups[count - 1] == window.end / size { masks[count - 1] &= (1 << UInt64(past)) - 1 }
  }

  /// Leaves out the documents that a bitmap does not hold.
  mutating func intersect(_ bitmap: DocumentBitmap) {
    for place in 0..<count { masks[place] &= bitmap.present[Int(groups[place])] }
  }

  /// Leaves out the documents that have none of the words.
  mutating func intersectUnion(of words: [DenseWord]) {
    for place in 0..<count {
      var union: UInt64 = 0
      for word in words { union |= word.postings.documents.present[Int(groups[place])] }
      masks[place] &= union
    }
  }

  /// Leaves out groups of which nothing is left.
  mutating func removeEmptyGroups() {
    var kept = 0
    for place in 0..<count {
      groups[kept] = groups[place]
      masks[kept] = masks[place]
      kept += masks[place] != 0 ? 1 : 0
    }
    count = kept
  }

  /// Leaves out the documents whose sum does not exceed a limit.
  mutating func keep(_ words: [DenseWord], _ weights: [UInt16], above limit: UInt16) {
    sumDocuments(words, weights)
    DenseCells.keepAbove(limit, sums: sums, masks: &masks, count: count)
  }

  /// Leaves about so many documents, those with the greatest sums; no fewer, where there are so many.
  mutating func keepGreatest(_ words: [DenseWord], _ weights: [UInt16], atLeast wanted: Int) {
    sumDocuments(words, weights)
    // Sums of documents that are not meant count as nothing.
    for place in 0..<count where masks[place] != .max {
      for document in 0..<DenseCells.groupSize where masks[place] >> UInt64(document) & 1 == 0 {
        sums[place * DenseCells.groupSize + DenseCells.sumPlace(of: document)] = 0
      }
    }
    let limit = DenseCells.limit(ofGreatest: wanted, sums.span.extracting(0..<count * DenseCells.groupSize)) ?? 0
    DenseCells.keepAbove(limit, sums: sums, masks: &masks, count: count)
  }

  private mutating func sumDocuments(_ words: [DenseWord], _ weights: [UInt16]) {
    let sumCount = count * DenseCells.groupSize
    DenseScratch.grow(&sums, to: sumCount, 0)
    for place in 0..<sumCount { sums[place] = 0 }
    for (word, weight) in zip(words, weights) {
      word.postings.addClasses(of: groups, count: count, weight: weight, to: &sums)
    }
  }

  private mutating func makeRoom(_ wanted: Int) {
    DenseScratch.grow(&groups, to: wanted, 0)
    DenseScratch.grow(&masks, to: wanted, 0)
  }

  private static func grow<Value>(_ values: inout [Value], to count: Int, _ value: Value) {
    if values.count < count { values += repeatElement(value, count: max(count, 2 * values.count) - values.count) }
  }
}
