import BitKernels
import IndexStorage

/// Walks the posting list of one term in one segment, a block of up to 128 documents at a time.
///
/// Callers ask for the parts of a block only when they need them. A new cursor stands before the first block.
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
  /// The number of documents in the current block; 0 before the first and after the last.
  package private(set) var count = 0
  /// The last document of the current block.
  package private(set) var lastDocument: UInt32 = 0
  /// The documents of the current block, ascending, once ``loadDocuments()`` was called.
  package var documents: Span<UInt32> {
    @_lifetime(borrow self) get { documentBlock.span.extracting(0..<count) }
  }
  /// The occurrences in each document of the current block, once ``loadOccurrences()`` was called.
  package var occurrences: Span<UInt32> {
    @_lifetime(borrow self) get { lanes.occurrences.extracting(0..<count) }
  }

  /// The document at an index of the current block.
  package func document(at index: Int) -> UInt32 { documents[index] }

  private(set) var documentBlock = IntegerBlock.zeros
  /// The bytes of the current group, or of a list without groups; places in them count from their start.
  private(set) var bytes: VerifiedBytes
  /// Where the current block's documents are.
  private var documentsOffset = 0
  private var base: UInt32 = 0
  private var isBitmap = false
  private var hasLoadedDocuments = false
  /// Where the last ``index(of:)`` found something or not.
  private var place = 0

  var lanes = PostingsLanes()
  let lists: PostingLists

  let groups: PostingsGroupIndex
  /// The group whose directory is loaded, or -1.
  private var group = -1
  var directory = PostingsGroupDirectory()
  /// The block in the group, or -1.
  private(set) var blockIndex = -1
  private var isAtEnd = false

  private init(entry: TermEntry, lists: PostingLists, groups: PostingsGroupIndex, bytes: VerifiedBytes) {
    self.entry = entry
    self.lists = lists
    self.groups = groups
    self.bytes = bytes
  }

  /// A cursor before the first block of a term's list.
  static func open(_ entry: TermEntry, in lists: PostingLists) throws(StorageError) -> PostingsCursor {
    let file = lists.postings
    guard entry.documentCount <= lists.documentCount else {
      throw .corrupt(file: file.name, offset: nil, reason: "a term has more documents than its segment")
    }
    guard entry.postingsOffset <= file.contentByteCount, entry.positionsOffset <= lists.positions?.contentByteCount ?? 0 else {
      throw .corrupt(file: file.name, offset: nil, reason: "the postings of a term lie past the end of their file")
    }
    let groups = try PostingsGroupIndex(entry, in: file)
    // A list of one block is read at once; of others, nothing yet.
    let isOneBlock = groups.count == 0 && !entry.standsInDictionary
    let end = entry.postingsOffset + (isOneBlock ? PostingsGroupDirectory.maximumBlockByteCount : 0)
    let bytes = try VerifiedBytes(file, entry.postingsOffset..<min(file.contentByteCount, end))
    return PostingsCursor(entry: entry, lists: lists, groups: groups, bytes: bytes)
  }

  // MARK: Moving

  /// Moves to the first block from the current one on whose last document is at least `target`, without decoding it; false when
  /// there is none.
  ///
  /// Complexity: O(log groups) where groups are passed over, else O(blocks passed over).
  package mutating func move(toBlockWith target: UInt32) throws(StorageError) -> Bool {
    if isAtEnd { return false }
    if count > 0, lastDocument >= target { return true }
    guard groups.count > 0 else { return try moveInShortList(to: target) }
    guard try moveGroup(reaching: target) else { return endList() }
    blockIndex = directory.block(reaching: target, from: blockIndex + 1)
    try startBlock(
      directory.blockRange(blockIndex), count: directory.documentCount(blockIndex), base: directory.base(blockIndex),
      last: directory.lastDocument(blockIndex))
    return true
  }

  /// Goes back to before the first block of the group at hand, or of a list without groups.
  package mutating func returnToGroupStart() {
    blockIndex = -1
    count = 0
    isAtEnd = false
  }

  /// Goes back to before the first block of the list.
  package mutating func returnToStart() {
    // The first group stays at hand; another is found again where it is needed.
    if group > 0 { group = -1 }
    returnToGroupStart()
  }

  /// As ``move(toBlockWith:)``, and decodes the documents.
  package mutating func advance(toBlockWith target: UInt32) throws(StorageError) -> Bool {
    guard try move(toBlockWith: target) else { return false }
    try loadDocuments()
    return true
  }

  /// Makes the group that reaches `target` the one whose bounds can be read, without moving to a block of it; false where the
  /// list ends before it, or has no groups.
  package mutating func moveGroup(reaching target: UInt32) throws(StorageError) -> Bool {
    if group >= 0, directory.lastDocument >= target { return true }
    guard let next = try groups.find(target, from: group + 1) else { return false }
    try loadGroup(next)
    blockIndex = -1
    return true
  }

  /// The first document at or after `target` of the current block, whose last one must not be before it.
  package mutating func firstDocument(from target: UInt32) throws(StorageError) -> UInt32 {
    try loadDocuments()
    return documents[lowerBound(of: target, in: documents)]
  }

  /// The index of a document in the current block, whose last one must not be before it, or nil where it is not there.
  ///
  /// Quick where documents are asked for in ascending order.
  @inline(__always)
  package mutating func index(of document: UInt32) throws(StorageError) -> Int? {
    if isBitmap {
      guard document >= base else { return nil }
      let bit = Int(document - base)
      let span = bytes.span
      guard document <= lastDocument, bitmapContains(bit, in: span, at: documentsOffset) else { return nil }
      let rank = bitmapRank(of: bit, in: span, at: documentsOffset)
      guard rank < count else { throw bytes.corrupt("a bitmap does not hold the documents it should") }
      return rank
    }
    try loadDocuments()
    let first = place >= count || documentBlock[place] > document ? 0 : place
    let found = lowerBound(of: document, in: documents, from: first)
    place = found
    return documentBlock[found] == document ? found : nil
  }

  /// As ``index(of:)``, for one document after the other of a block that has many of those asked for.
  @inline(__always)
  package mutating func nextIndex(of document: UInt32) throws(StorageError) -> Int? {
    try loadDocuments()
    if place >= count || documentBlock[place] > document { place = 0 }
    while documentBlock[place] < document { place += 1 }
    return documentBlock[place] == document ? place : nil
  }

  /// Sets the bits of the current block's documents: document `start + i` is bit i; documents outside are left out.
  package mutating func insertDocuments(
    from start: UInt32, into bits: inout MutableSpan<UInt64>
  ) throws(StorageError) {
    if isBitmap {
      insertBitmap(
        bytes.span, at: documentsOffset, bitCount: Int(lastDocument - base) + 1, shiftedBy: Int(base) - Int(start), into: &bits)
      return
    }
    try loadDocuments()
    let documents = documentBlock.span.extracting(0..<count)
    let first = documents[0] >= start ? 0 : lowerBound(of: start, in: documents)
    let end = UInt64(start) + UInt64(bits.count) * 64
    let last = UInt64(lastDocument) < end ? count : lowerBound(of: UInt32(end), in: documents)
    if first < last { BitKernels.insertDocuments(documents.extracting(first..<last), base: start, into: &bits) }
  }

  /// An error about the list.
  package func corrupt(_ reason: String) -> StorageError { bytes.corrupt(reason) }

  private mutating func endList() -> Bool {
    isAtEnd = true
    count = 0
    return false
  }

  /// A list of up to 128 documents is one block, or stands in the dictionary.
  private mutating func moveInShortList(to target: UInt32) throws(StorageError) -> Bool {
    if blockIndex >= 0 { return endList() }
    blockIndex = 0
    if entry.standsInDictionary {
      guard entry.document < lists.documentCount else {
        throw .corrupt(file: lists.postings.name, offset: nil, reason: "a term names a document past the end of its segment")
      }
      documentBlock.fill(entry.document)
      count = 1
      isBitmap = false
      hasLoadedDocuments = true
      lanes.start(head: 0, range: 0..<0)
      lastDocument = entry.document
    } else {
      try startBlock(0..<bytes.count, count: entry.documentCount, base: 0, last: nil)
    }
    return lastDocument >= target ? true : endList()
  }

  /// The places in the current block of the documents from `start` to before `end`; documents must have been loaded.
  package mutating func range(from start: UInt32, to end: UInt32) -> Range<Int> {
    let documents = documentBlock.span.extracting(0..<count)
    let first = documents[0] >= start ? 0 : lowerBound(of: start, in: documents)
    return first..<(lastDocument < end ? count : lowerBound(of: end, in: documents, from: first))
  }

  /// The current block, for loops over it; documents must have been loaded, and occurrences where they are read.
  package var block: PostingsBlock {
    // Mutating, though nothing changes: the compiler copies the whole cursor wherever it is only borrowed.
    @_lifetime(&self)
    mutating get {
      PostingsBlock(
        documents: documentBlock.span.extracting(0..<count), occurrences: lanes.occurrences.extracting(0..<count))
    }
  }

  // MARK: Blocks

  /// Makes a block the current one; `base` is the document before it plus 1, `last` its last document where the list says so.
  private mutating func startBlock(_ range: Range<Int>, count: Int, base: UInt32, last: UInt32?) throws(StorageError) {
    let bytes = bytes
    var reader = try bytes.reader(range)
    let head = try reader.readUInt8()
    self.base = base
    self.count = count
    place = 0
    isBitmap = head & PostingsFormat.isBitmap != 0
    hasLoadedDocuments = false
    documentsOffset = range.lowerBound + reader.position
    if isBitmap {
      guard let last, last >= base, last - base < PostingsFormat.maximumBitmapByteCount * 8, last < lists.documentCount else {
        throw reader.corrupt("a bitmap cannot hold the documents of its block")
      }
      try reader.skip(Int(last - base) / 8 + 1)
      lastDocument = last
    } else if let last {
      lastDocument = last
      try reader.skipChunk(count: count)
    } else {
      try decodeDocuments(&reader)
      lastDocument = documentBlock[count - 1]
    }
    lanes.start(head: head, range: range.lowerBound + reader.position..<range.upperBound)
  }

  /// Decodes the documents of the current block; calling it again costs nothing.
  @inline(__always)
  package mutating func loadDocuments() throws(StorageError) {
    if !hasLoadedDocuments { try decodeBlock() }
  }

  @inline(never)
  private mutating func decodeBlock() throws(StorageError) {
    hasLoadedDocuments = true
    let bytes = bytes
    if isBitmap {
      let bitCount = Int(lastDocument - base) + 1
      guard listBitmap(bytes.span, at: documentsOffset, bitCount: bitCount, base: base, into: &documentBlock) == count,
        documentBlock[count - 1] == lastDocument
      else { throw bytes.corrupt("a bitmap does not hold the documents it should") }
      return
    }
    var reader = try bytes.reader(documentsOffset..<bytes.count)
    try decodeDocuments(&reader)
    guard documentBlock[count - 1] == lastDocument else {
      throw reader.corrupt("a block of postings does not end where its list says")
    }
  }

  @_lifetime(reader: copy reader)
  private mutating func decodeDocuments(_ reader: inout ByteReader) throws(StorageError) {
    hasLoadedDocuments = true
    let bits = try reader.readChunk(count: count, into: &documentBlock)
    if count == IntegerBlock.size {
      sumGaps(&documentBlock, base: base &- 1)
    } else {
      sumGaps(&documentBlock, count: count, base: base &- 1)
    }
    // 128 gaps of up to 24 bits cannot add up to 2^32, so the last document alone shows an overflow; wider gaps are looked at
    // one by one.
    if bits > 24 {
      for index in 1..<max(1, count) where documentBlock[index] <= documentBlock[index - 1] {
        throw reader.corrupt("documents of a posting list do not ascend")
      }
    }
    guard documentBlock[0] >= base, documentBlock[count - 1] < lists.documentCount else {
      throw reader.corrupt("a posting list names a document past the end of its segment")
    }
  }

  private mutating func loadGroup(_ index: Int) throws(StorageError) {
    let place = try groups.place(of: index)
    // The block before it is in other bytes.
    count = 0
    group = -1
    bytes = try VerifiedBytes(lists.postings, place.range)
    try directory.load(
      bytes, base: place.base, lastDocument: place.lastDocument, positionsOffset: place.positionsOffset)
    group = index
  }
}
