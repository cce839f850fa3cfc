import BitKernels
import InvertedIndex

/// What ``DensePhrase`` works on: which documents of each group of a segment have all its words, and what they get at most; and
/// some documents at hand.
struct PhraseScratch {
  /// The documents of each group that are meant: document i of the group is bit i.
  private(set) var masks: [UInt64] = []
  /// The greatest share of each group, as ``DensePostings/greatestShares``; 0 where no document is meant.
  private(set) var shares: [UInt16] = []
  /// The documents at hand, and their cells of the first two words; the first `count` count.
  var documents = [UInt32](repeating: 0, count: capacity)
  var firstCells = [UInt64](repeating: 0, count: capacity)
  var secondCells = [UInt64](repeating: 0, count: capacity)
  var count = 0
  var furtherCell: [UInt64] = [0]
  var starts: [UInt32] = []

  /// Documents at hand are at most so many.
  static let capacity = 256

  /// Makes the documents that all conditions have those that are meant.
  ///
  /// Complexity: O(groups of the segment).
  mutating func meet(_ conditions: [DensePostings]) {
    let groupCount = conditions[0].greatestShares.count
    masks.removeAll(keepingCapacity: true)
    shares.removeAll(keepingCapacity: true)
    masks.append(contentsOf: conditions[0].documents.present)
    shares.append(contentsOf: conditions[0].greatestShares)
    precondition(masks.count == groupCount, "a group has no mask")
    for condition in conditions.dropFirst() {
      DenseCells.intersect(condition.documents.present, into: &masks)
      DenseCells.takeLeast(condition.greatestShares, into: &shares)
    }
    if conditions.count > 1 { DenseCells.clear(&shares, whereEmpty: masks) }
  }

  /// Appends the documents of a group that are meant and lie in a window to those at hand, for which there must be room.
  mutating func append(group: Int, in window: DocumentWindow) {
    var left = masks[group]
    let first = UInt32(group * DenseCells.groupSize)
    while left != 0 {
      let document = first + UInt32(left.trailingZeroBitCount)
      left &= left - 1
      if document < window.start || document >= window.end { continue }
      documents[count] = document
      count += 1
    }
  }

  /// Whether a document is meant.
  func contains(_ document: UInt32) -> Bool { masks[Int(document >> 6)] >> UInt64(document & 63) & 1 == 1 }
}
