import BitKernels
import IndexStorage

/// Walks the posting list of one term in one segment, a block of up to 128 documents at a time.
///
/// Callers read ``documents`` and ask for the rest of the block only when they need it. A new cursor stands before the first
/// block.
///
///     while try cursor.advance(toBlockWith: target) {
///       …documents, loadOccurrences(), occurrences…
///       target = cursor.lastDocument + 1
///     }
///
/// Invariants: documents of a block ascend and lie below the segment's document count, whatever the bytes on disk say.
package struct PostingsCursor: ~Copyable {
  /// What the dictionary says of the term.
  package let entry: TermEntry

  /// The documents of the current block, ascending; empty before the first block and after the last.
  package var documents: Span<UInt32> {
    @_lifetime(borrow self) get { documentBlock.span.extracting(0..<count) }
  }
  /// The occurrences in each document of the current block, once ``loadOccurrences()`` was called.
  package var occurrences: Span<UInt32> {
    @_lifetime(borrow self) get { occurrenceBlock.span.extracting(0..<count) }
  }
  /// The number of documents in the current block.
  package private(set) var count = 0

  // Given out as spans: reading one number of an array of 128 that lies in another module's value copies the whole array,
  // which took more than 80 % of a search.
  private var documentBlock = IntegerBlock.zeros
  private var occurrenceBlock = IntegerBlock.zeros
  /// The occurrences in each further field, see ``fieldCount(_:at:)``. Flat, because reading one number of an array of blocks
  /// copies the block.
  private var fieldCounts: [UInt32] = []

  private let file: CheckedFile
  private let positionsFile: CheckedFile
  private let lengths: DocumentLengths
  private let segmentDocumentCount: Int

  /// The directory of the list, where it has groups.
  private let groupCount: Int
  /// The group whose directory is loaded, or -1.
  private var group = -1
  private var directory = PostingsGroupDirectory()
  /// The block in the group, or -1.
  private var block = -1
  private var isAtEnd = false

  /// Where the lanes after the current block's documents are.
  private var lanes = 0..<0
  private var head: UInt8 = 0
  private var hasLoadedOccurrences = false
  private var hasLoadedFieldCounts = false
  private var fieldCountsOffset = 0
  /// Where the current block's positions are.
  private var positionsRange = 0..<0
  private var positionsReader: PositionsReader?
  /// Occurrences of the block before document `summedDocuments`.
  private var summedOccurrences = 0
  private var summedDocuments = 0

  private init(entry: TermEntry, segment: SegmentReader, groupCount: Int) {
    self.entry = entry
    file = segment.postings
    positionsFile = segment.positions
    lengths = segment.lengths
    segmentDocumentCount = segment.documentCount
    self.groupCount = groupCount
  }

  /// A cursor before the first block of a term's list.
  static func open(_ entry: TermEntry, in segment: SegmentReader) throws(StorageError) -> PostingsCursor {
    let file = segment.postings
    guard entry.documentCount <= segment.documentCount else {
      throw .corrupt(file: file.name, offset: nil, reason: "a term has more documents than its segment")
    }
    guard entry.postingsOffset <= file.contentByteCount, entry.positionsOffset <= segment.positions.contentByteCount else {
      throw .corrupt(
        file: segment.terms.table.file.name, offset: nil, reason: "the postings of a term lie past the end of their file")
    }
    guard entry.documentCount > IntegerBlock.size else { return PostingsCursor(entry: entry, segment: segment, groupCount: 0) }
    var reader = try file.reader(entry.postingsOffset..<min(entry.postingsOffset + 4, file.contentByteCount))
    let groupCount = Int(try reader.readUInt32())
    guard groupCount > 0, groupCount <= (file.contentByteCount - entry.postingsOffset) / PostingsFormat.groupEntryByteCount else {
      throw file.corrupt(at: entry.postingsOffset, "a posting list has an impossible number of groups")
    }
    return PostingsCursor(entry: entry, segment: segment, groupCount: groupCount)
  }

  /// The last document of the current block.
  package var lastDocument: UInt32 { documents[count - 1] }

  /// Moves to the first block from the current one on whose last document is at least `target`, and decodes its documents;
  /// false when there is none.
  ///
  /// Complexity: O(log groups) where groups are passed over, else O(blocks passed over), and one block is decoded.
  package mutating func advance(toBlockWith target: UInt32) throws(StorageError) -> Bool {
    if isAtEnd { return false }
    if count > 0, lastDocument >= target { return true }
    guard groupCount > 0 else { return try advanceInShortList(to: target) }
    if group < 0 || directory.lastDocument < target {
      guard let next = try findGroup(target, from: group + 1) else { return endList() }
      try loadGroup(next)
      block = -1
    }
    block += 1
    while directory.lastDocuments[block] < target { block += 1 }
    try loadBlockInGroup()
    return true
  }

  /// The first document at or after `target` of the current block, whose last one must not be before it.
  package func firstDocument(from target: UInt32) -> UInt32 { documents[lowerBound(of: target, in: documents)] }

  /// The index of a document in the current block, whose last one must not be before it, or nil where it is not there.
  package func index(of document: UInt32) -> Int? {
    let index = lowerBound(of: document, in: documents)
    return documents[index] == document ? index : nil
  }

  /// Decodes the occurrences of the current block; calling it again costs nothing.
  package mutating func loadOccurrences() throws(StorageError) {
    if hasLoadedOccurrences { return }
    hasLoadedOccurrences = true
    fieldCountsOffset = lanes.lowerBound
    guard head & PostingsFormat.hasOccurrences != 0 else {
      occurrenceBlock = IntegerBlock(repeating: entry.documentCount == 1 ? UInt32(entry.occurrenceCount) : 1)
      return
    }
    let file = self.file
    var reader = try file.reader(lanes)
    let bits = try reader.readChunk(count: count, into: &occurrenceBlock)
    guard bits < 32 else { throw reader.corrupt("a document has too many occurrences") }
    for index in 0..<count { occurrenceBlock[index] += 1 }
    fieldCountsOffset = lanes.lowerBound + reader.position
  }

  /// Decodes the occurrences in further fields for the current block; calling it again costs nothing.
  package mutating func loadFieldCounts() throws(StorageError) {
    if hasLoadedFieldCounts { return }
    try loadOccurrences()
    hasLoadedFieldCounts = true
    let furtherFieldCount = lengths.further.count
    fieldCounts.removeAll(keepingCapacity: true)
    if entry.documentCount == 1 { return try countFieldsOfSoleDocument() }
    guard head & PostingsFormat.hasFieldCounts != 0 else {
      fieldCounts.append(contentsOf: repeatElement(0, count: furtherFieldCount * IntegerBlock.size))
      return
    }
    let file = self.file
    var reader = try file.reader(fieldCountsOffset..<lanes.upperBound)
    var counts = IntegerBlock.zeros
    for _ in 0..<furtherFieldCount {
      try reader.readChunk(count: count, into: &counts)
      for index in 0..<IntegerBlock.size { fieldCounts.append(counts[index]) }
    }
  }

  /// Appends the term's positions in the document at `index` of the current block, ascending.
  ///
  /// Ask for documents of a block in ascending order.
  ///
  /// Complexity: O(documents and chunks passed over + occurrences).
  package mutating func readPositions(at index: Int, into positions: inout [UInt32]) throws(StorageError) {
    if entry.isInline {
      positions.append(entry.position)
      return
    }
    try loadOccurrences()
    if index < summedDocuments {
      summedDocuments = 0
      summedOccurrences = 0
    }
    while summedDocuments < index {
      summedOccurrences += Int(occurrences[summedDocuments])
      summedDocuments += 1
    }
    if positionsReader == nil {
      var total = 0
      for index in 0..<count { total += Int(occurrences[index]) }
      positionsReader = PositionsReader(file: positionsFile, range: positionsRange, gapCount: total)
    }
    guard occurrences[index] <= lengths.total[Int(documents[index])] else {
      throw .corrupt(file: file.name, offset: nil, reason: "a term occurs more often than its document has words")
    }
    let first = summedOccurrences
    try positionsReader!.read(first..<first + Int(occurrences[index]), into: &positions)
  }

  /// What bounds the score of the current block, where the list is long enough to say so.
  package func blockBound() throws(StorageError) -> ScoreBound? {
    guard groupCount > 0, count > 0 else { return nil }
    return try directory.bounds(file: file, furtherFieldCount: lengths.further.count)[block]
  }

  /// Replaces `lastDocuments` and `maxima` by those of the blocks of the group that reaches `target`; false where the list ends
  /// before it. Does not move the cursor.
  ///
  /// - Parameter bound: what no document can exceed that has at most so many occurrences in at least so many words.
  package func readBounds(
    reaching target: UInt32, lastDocuments: inout [UInt32], maxima: inout [Double],
    bound: (_ occurrences: UInt32, _ length: UInt32) -> Double
  ) throws(StorageError) -> Bool {
    guard let index = try findGroup(target, from: 0) else { return false }
    let found = index == group ? directory : try loadedDirectory(index)
    lastDocuments.removeAll(keepingCapacity: true)
    maxima.removeAll(keepingCapacity: true)
    for block in 0..<found.blockCount { lastDocuments.append(found.lastDocuments[block]) }
    try found.appendMaxima(to: &maxima, file: file, furtherFieldCount: lengths.further.count, bound: bound)
    return true
  }

  /// The occurrences in a further field in the document at `index` of the current block; ``loadFieldCounts()`` must have been
  /// called.
  package func fieldCount(_ field: Int, at index: Int) -> UInt32 { fieldCounts[field * IntegerBlock.size + index] }

  /// Whether the list has more than one block, and so bounds that are known before its blocks are decoded.
  package var hasBounds: Bool { groupCount > 0 }

  // MARK: Blocks

  private mutating func endList() -> Bool {
    isAtEnd = true
    count = 0
    return false
  }

  /// A list of up to 128 documents is one block, or stands in the dictionary.
  private mutating func advanceInShortList(to target: UInt32) throws(StorageError) -> Bool {
    if block >= 0 { return endList() }
    block = 0
    if entry.documentCount == 1 {
      guard entry.document < segmentDocumentCount else {
        throw .corrupt(file: file.name, offset: nil, reason: "a term names a document past the end of its segment")
      }
      documentBlock[0] = entry.document
      startBlock(count: 1, head: 0, lanes: 0..<0, positions: entry.positionsOffset..<positionsFile.contentByteCount)
    } else {
      let range =
        entry.postingsOffset..<min(file.contentByteCount, entry.postingsOffset + PostingsGroupDirectory.maximumBlockByteCount)
      try loadBlock(
        in: range, count: entry.documentCount, base: 0, last: nil,
        positions: entry.positionsOffset..<positionsFile.contentByteCount)
    }
    return lastDocument >= target ? true : endList()
  }

  private mutating func loadBlockInGroup() throws(StorageError) {
    try loadBlock(
      in: directory.blockRange(block), count: directory.documentCount(block), base: directory.base(block),
      last: directory.lastDocuments[block], positions: directory.positionsRange(block))
  }

  private mutating func startBlock(count: Int, head: UInt8, lanes: Range<Int>, positions: Range<Int>) {
    self.count = count
    self.head = head
    self.lanes = lanes
    hasLoadedOccurrences = false
    hasLoadedFieldCounts = false
    positionsRange = positions
    positionsReader = nil
    summedDocuments = 0
    summedOccurrences = 0
  }

  /// Decodes the documents of a block; `base` is the document before it plus 1, `last` its last document where the list says so.
  private mutating func loadBlock(
    in range: Range<Int>, count: Int, base: UInt32, last: UInt32?, positions: Range<Int>
  ) throws(StorageError) {
    let file = self.file
    var reader = try file.reader(range)
    let head = try reader.readUInt8()
    if head & PostingsFormat.isBitmap != 0 {
      guard let last else { throw reader.corrupt("a short posting list is a bitmap") }
      let bytes = try reader.readBytes(Int(last - base) / 8 + 1)
      guard decodeBitmap(bytes, base: base, into: &documentBlock) == count else {
        throw reader.corrupt("a bitmap does not hold the documents it should")
      }
    } else {
      let bits = try reader.readChunk(count: count, into: &documentBlock)
      if count == IntegerBlock.size {
        sumGaps(&documentBlock, base: base &- 1)
      } else {
        sumGaps(&documentBlock, count: count, base: base &- 1)
      }
      // 128 gaps of up to 24 bits cannot add up to 2^32, so the last document alone shows an overflow; wider gaps are looked at
      // one by one.
      if bits > 24 {
        for index in 1..<max(1, count) where documentBlock.span[index] <= documentBlock.span[index - 1] {
          throw reader.corrupt("documents of a posting list do not ascend")
        }
      }
    }
    let actual = documentBlock.span[count - 1]
    guard documentBlock.span[0] >= base, actual >= base, actual < segmentDocumentCount, last == nil || actual == last else {
      throw reader.corrupt("a block of postings does not end where its list says")
    }
    startBlock(count: count, head: head, lanes: range.lowerBound + reader.position..<range.upperBound, positions: positions)
  }

  // MARK: Groups

  private func groupEntry(_ index: Int) throws(StorageError) -> (lastDocument: UInt32, offset: Int, positionsOffset: Int) {
    let start = entry.postingsOffset + 4 + index * PostingsFormat.groupEntryByteCount
    let file = self.file
    let bytes = try file.bytes(start..<start + PostingsFormat.groupEntryByteCount)
    return (
      bytes.littleEndianUInt32(at: 0), entry.postingsOffset - Int(bytes.littleEndianUInt32(at: 4)),
      entry.positionsOffset + Int(bytes.littleEndianUInt32(at: 8))
    )
  }

  /// The first group at or after `first` whose last document is at least `target`.
  private func findGroup(_ target: UInt32, from first: Int) throws(StorageError) -> Int? {
    var low = first
    var high = groupCount
    // The next group is the usual answer.
    if low < high, try groupEntry(low).lastDocument >= target { return low }
    while low < high {
      let middle = (low + high) / 2
      if try groupEntry(middle).lastDocument < target { low = middle + 1 } else { high = middle }
    }
    return low < groupCount ? low : nil
  }

  private mutating func loadGroup(_ index: Int) throws(StorageError) {
    directory = try loadedDirectory(index)
    group = index
  }

  private func loadedDirectory(_ index: Int) throws(StorageError) -> PostingsGroupDirectory {
    let current = try groupEntry(index)
    let base = index == 0 ? 0 : try groupEntry(index - 1).lastDocument &+ 1
    let end = index + 1 < groupCount ? try groupEntry(index + 1).offset : entry.postingsOffset
    guard current.offset >= 0, current.offset <= end else {
      throw file.corrupt(at: entry.postingsOffset, "the groups of a posting list do not ascend")
    }
    var directory = PostingsGroupDirectory()
    try directory.load(
      file: file, range: current.offset..<end, base: base, lastDocument: current.lastDocument,
      positionsOffset: current.positionsOffset)
    return directory
  }

  private mutating func countFieldsOfSoleDocument() throws(StorageError) {
    var positions: [UInt32] = []
    try readPositions(at: 0, into: &positions)
    var next = 0
    fieldCounts.append(contentsOf: repeatElement(0, count: lengths.further.count * IntegerBlock.size))
    for field in lengths.further.indices {
      let end = lengths.end(ofField: field, document: Int(entry.document))
      let first = next
      while next < positions.count, positions[next] < end { next += 1 }
      fieldCounts[field * IntegerBlock.size] = UInt32(next - first)
    }
  }
}
