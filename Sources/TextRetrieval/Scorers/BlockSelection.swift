import BitKernels
import InvertedIndex

/// Some postings of a block.
struct BlockSelection: ~Copyable {
  private var places = IntegerBlock.zeros
  private(set) var documents = IntegerBlock.zeros
  private(set) var occurrences = IntegerBlock.zeros

  /// Finds the places in a range of a cursor's block whose documents all bitmaps hold; returns how many there are.
  mutating func select(_ range: Range<Int>, of block: PostingsBlock, among bitmaps: [DocumentBitmap]) -> Int {
    var count = range.count
    for index in 0..<count { places[index] = UInt32(range.lowerBound + index) }
    for bitmap in bitmaps { count = keepPresent(block.documents, in: bitmap.present.span, places: &places, count: count) }
    return count
  }

  /// Copies the postings at the places found.
  mutating func gatherPostings(of block: PostingsBlock, count: Int) {
    gather(block.documents, at: places, count: count, into: &documents)
    gather(block.occurrences, at: places, count: count, into: &occurrences)
  }
}
