import BitKernels
import IndexStorage

/// What stands beside the documents of one block: occurrences, occurrences by field, and positions.
struct PostingsLanes: ~Copyable {
  private(set) var hasLoadedOccurrences = false
  private(set) var hasLoadedFieldCounts = false
  private var occurrenceBlock = IntegerBlock.zeros
  private var head: UInt8 = 0
  /// Where the lanes are in the bytes of the group or list.
  private var range = 0..<0
  private var fieldCountsOffset = 0
  /// By field, then by document. Flat, because reading one number of an array of blocks copies the block.
  private var fieldCounts: [UInt32] = []
  private var positions: PositionsReader?
  private(set) var hasPositions = false

  init() {}

  /// Makes another block the current one.
  mutating func start(head: UInt8, range: Range<Int>) {
    self.head = head
    self.range = range
    hasLoadedOccurrences = false
    hasLoadedFieldCounts = false
    hasPositions = false
  }

  /// The occurrences in each document of the block, once decoded.
  var occurrences: Span<UInt32> {
    @_lifetime(borrow self) get { occurrenceBlock.span }
  }

  mutating func decodeOccurrences(of entry: TermEntry, count: Int, _ bytes: VerifiedBytes) throws(StorageError) {
    fieldCountsOffset = range.lowerBound
    guard head & PostingsFormat.hasOccurrences != 0 else {
      occurrenceBlock.fill(entry.documentCount == 1 ? UInt32(entry.occurrenceCount) : 1)
      hasLoadedOccurrences = true
      return
    }
    var reader = try bytes.reader(range)
    let bits = try reader.readChunk(count: count, into: &occurrenceBlock)
    guard bits < 31 else { throw reader.corrupt("a document has too many occurrences") }
    addOne(&occurrenceBlock)
    fieldCountsOffset = range.lowerBound + reader.position
    hasLoadedOccurrences = true
  }

  /// The occurrences in one document, without those in others.
  func occurrences(at index: Int, of entry: TermEntry, count: Int, _ bytes: VerifiedBytes) throws(StorageError) -> UInt32 {
    if hasLoadedOccurrences { return occurrenceBlock[index] }
    guard head & PostingsFormat.hasOccurrences != 0 else {
      return entry.documentCount == 1 ? UInt32(entry.occurrenceCount) : 1
    }
    let value = IntegerChunkReader.value(index, ofChunkAt: range.lowerBound, in: bytes.span, count: count)
    guard let value, value < 1 << 31 else { throw bytes.corrupt("the occurrences of a term cannot be read") }
    return value + 1
  }

  mutating func decodeFieldCounts(count: Int, fieldCount: Int, _ bytes: VerifiedBytes) throws(StorageError) {
    hasLoadedFieldCounts = true
    fieldCounts.removeAll(keepingCapacity: true)
    guard head & PostingsFormat.hasFieldCounts != 0 else {
      fieldCounts.append(contentsOf: repeatElement(0, count: fieldCount * IntegerBlock.size))
      return
    }
    var reader = try bytes.reader(fieldCountsOffset..<range.upperBound)
    var counts = IntegerBlock.zeros
    for _ in 0..<fieldCount {
      try reader.readChunk(count: count, into: &counts)
      let span = counts.span
      for index in 0..<IntegerBlock.size { fieldCounts.append(span[index]) }
    }
  }

  /// Counts the fields of a term's only document by its positions.
  mutating func countFields(of positions: ArraySlice<UInt32>, document: Int, lengths: DocumentLengths) {
    hasLoadedFieldCounts = true
    var next = 0
    fieldCounts = Array(repeating: 0, count: lengths.further.count * IntegerBlock.size)
    for field in lengths.further.indices {
      let end = lengths.end(ofField: field, document: document)
      let first = next
      while next < positions.count, positions[next] < end { next += 1 }
      fieldCounts[field * IntegerBlock.size] = UInt32(next - first)
    }
  }

  func fieldCount(_ field: Int, at index: Int) -> UInt32 { fieldCounts[field * IntegerBlock.size + index] }

  /// Gets ready to read positions of the block, which lie at a range of the positions file.
  mutating func openPositions(
    _ range: Range<Int>, of lists: PostingLists, documents: borrowing IntegerBlock, count: Int
  ) throws(StorageError) {
    guard let file = lists.positions else { preconditionFailure("these lists have no positions") }
    var reader = positions.take() ?? PositionsReader(file: file)
    try reader.start(
      range, documents: documents.span.extracting(0..<count), occurrences: occurrenceBlock.span, lengths: lists.lengths.total,
      fieldGaps: UInt32(lists.lengths.further.count))
    positions = consume reader
    hasPositions = true
  }

  /// Writes the positions in the document at `index` to the front of `result`; returns how many there are.
  mutating func readPositions(at index: Int, into result: inout [UInt32]) throws(StorageError) -> Int {
    try positions!.read(index, occurrences: occurrenceBlock[index], into: &result)
  }

  /// Writes a mark at each position of some documents of the block, in the row of each.
  mutating func markPositions(
    of range: Range<Int>, documents: borrowing IntegerBlock, with mark: UInt16, in rows: borrowing RowPlaces,
    into cells: inout PlainBuffer<UInt16>
  ) throws(StorageError) {
    try positions!.mark(range, documents: documents, occurrences: occurrenceBlock, with: mark, in: rows, into: &cells)
  }
}
