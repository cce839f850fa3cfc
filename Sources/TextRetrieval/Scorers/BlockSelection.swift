import BitKernels
import InvertedIndex

/// Some postings of a block.
struct BlockSelection: ~Copyable {
  private var places = IntegerBlock.zeros
  /// Which candidates they are, where ``findCommon(_:range:of:)`` found them.
  private(set) var candidates = IntegerBlock.zeros
  private var table: PlaceTable?
  private(set) var documents = IntegerBlock.zeros
  private(set) var occurrences = IntegerBlock.zeros

  /// Finds the places in a range of a cursor's block whose documents all bitmaps hold; returns how many there are.
  mutating func select(_ range: Range<Int>, of block: PostingsBlock, among bitmaps: [DocumentBitmap]) -> Int {
    var count = range.count
    for index in 0..<count { places[index] = UInt32(range.lowerBound + index) }
    for bitmap in bitmaps { count = keepPresent(block.documents, in: bitmap.present.span, places: &places, count: count) }
    return count
  }

  /// Finds the places in a cursor's block of the candidates of a range, which lie in one stretch of ``PlaceTable``; returns how
  /// many there are.
  mutating func findCommon(_ documents: Span<UInt32>, range: Range<Int>, of block: PostingsBlock) -> Int {
    var table = table.take() ?? PlaceTable(repeating: 0)
    let count = BitKernels.findCommon(
      documents, range: range, block.documents, table: &table, indexes: &candidates, places: &places)
    self.table = consume table
    return count
  }

  /// Copies the postings at the places found.
  mutating func gatherPostings(of block: PostingsBlock, count: Int) {
    gather(block.documents, at: places, count: count, into: &documents)
    gather(block.occurrences, at: places, count: count, into: &occurrences)
  }
}
