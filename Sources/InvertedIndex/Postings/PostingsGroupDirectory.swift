import BitKernels
import IndexStorage

/// Where the blocks of one group of a posting list are, and what bounds their scores.
struct PostingsGroupDirectory: ~Copyable {
  /// No block takes more bytes: a head, and chunks for documents, occurrences and up to seven further fields.
  static let maximumBlockByteCount = 1 + 9 * IntegerChunkFormat.maximumByteCount

  private(set) var blockCount = 0
  /// The last document of the group; 0 where none is loaded.
  private(set) var lastDocument: UInt32 = 0
  private var lastDocumentBlock = IntegerBlock.zeros
  // Places count from the start of the group.

  /// Where each block ends, counted from `blocksOffset`.
  private var byteEnds = IntegerBlock.zeros
  private var missing = IntegerBlock.zeros
  private var blocksOffset = 0
  private var groupBase: UInt32 = 0
  /// Where the impact of each block is: what no document of it exceeds under the usual parameters, see ``Impact``.
  private(set) var impactsRange = 0..<0
  private var boundsRange = 0..<0
  private var positionByteCountsRange = 0..<0
  private var positionsOffset = 0
  /// Where the positions of each block end, counted from `positionsOffset`; decoded when asked for.
  private var positionEnds: IntegerBlock?
  private var hasPositionEnds = false

  init() {}

  /// The last document of each block.
  var lastDocuments: Span<UInt32> {
    @_lifetime(borrow self) get { lastDocumentBlock.span.extracting(0..<blockCount) }
  }

  /// Decodes the directory at the start of a group.
  ///
  /// `base` is the last document before the group plus 1, `lastDocument` the group's last document as the group index states it.
  mutating func load(
    _ bytes: VerifiedBytes, base: UInt32, lastDocument: UInt32, positionsOffset: Int
  ) throws(StorageError) {
    blockCount = 0
    hasPositionEnds = false
    self.lastDocument = 0
    var reader = try bytes.reader(0..<bytes.count)
    let count = Int(try reader.readUInt8())
    guard count >= 1, count <= PostingsFormat.groupSize else { throw reader.corrupt("a group has \(count) blocks") }
    let bits = try reader.readChunk(count: count, into: &lastDocumentBlock)
    sumGaps(&lastDocumentBlock, count: count, base: base &- 1)
    // 32 gaps of up to 26 bits cannot add up to 2^32.
    guard bits <= 26, lastDocumentBlock.span[count - 1] == lastDocument, lastDocument >= base else {
      throw reader.corrupt("a group does not end where its list says")
    }
    try reader.readChunk(count: count, into: &byteEnds)
    guard PostingsGroupDirectory.sumUp(&byteEnds, count: count) else {
      throw reader.corrupt("the blocks of a group do not fit into it")
    }
    let positionsStart = reader.position
    try reader.skipChunk(count: count)
    positionByteCountsRange = positionsStart..<reader.position
    try reader.readChunk(count: count, into: &missing)
    let impactsStart = reader.position
    try reader.skip(count)
    impactsRange = impactsStart..<impactsStart + count
    let boundsByteCount = try reader.readCount()
    boundsRange = reader.position..<reader.position + boundsByteCount
    blocksOffset = boundsRange.upperBound
    guard Int(byteEnds.span[count - 1]) == bytes.count - blocksOffset else {
      throw reader.corrupt("the blocks of a group do not fill it")
    }
    for block in 0..<count where missing.span[block] >= IntegerBlock.size { throw reader.corrupt("a block without documents") }
    blockCount = count
    groupBase = base
    self.lastDocument = lastDocument
    self.positionsOffset = positionsOffset
  }

  /// The document before a block, plus 1.
  func base(_ block: Int) -> UInt32 { block == 0 ? groupBase : lastDocumentBlock.span[block - 1] + 1 }

  /// The first block at or after `first` whose last document is at least `target`, which the group must reach.
  func block(reaching target: UInt32, from first: Int) -> Int {
    let lastDocuments = lastDocumentBlock.span
    var block = first
    while lastDocuments[block] < target { block += 1 }
    return block
  }

  func lastDocument(_ block: Int) -> UInt32 { lastDocumentBlock.span[block] }

  func blockRange(_ block: Int) -> Range<Int> {
    blocksOffset + (block == 0 ? 0 : Int(byteEnds.span[block - 1]))..<blocksOffset + Int(byteEnds.span[block])
  }

  func documentCount(_ block: Int) -> Int { IntegerBlock.size - Int(missing.span[block]) }

  /// Where the positions of a block are.
  mutating func positionsRange(_ block: Int, _ bytes: VerifiedBytes) throws(StorageError) -> Range<Int> {
    if !hasPositionEnds {
      var ends = positionEnds.take() ?? IntegerBlock.zeros
      var reader = try bytes.reader(positionByteCountsRange)
      try reader.readChunk(count: blockCount, into: &ends)
      guard PostingsGroupDirectory.sumUp(&ends, count: blockCount) else {
        throw reader.corrupt("the positions of a group do not fit into their file")
      }
      positionEnds = consume ends
      hasPositionEnds = true
    }
    let start = block == 0 ? 0 : Int(positionEnds![block - 1])
    return positionsOffset + start..<positionsOffset + Int(positionEnds![block])
  }

  /// Appends the most that a document of each block can get, as `bound` says for a pair of occurrences and length.
  ///
  /// As ``bounds(_:furtherFieldCount:)`` without the pairs in memory: they are wanted once for each query.
  func appendMaxima(
    to maxima: inout [Double], _ bytes: VerifiedBytes, furtherFieldCount: Int, field: Int?,
    bound: (_ occurrences: UInt32, _ length: UInt32) -> Double
  ) throws(StorageError) {
    var reader = try bytes.reader(boundsRange)
    for _ in 0..<blockCount {
      let block = try ScoreBound.read(&reader, furtherFieldCount: furtherFieldCount)
      var greatest = 0.0
      for pair in block.pairs {
        var occurrences = pair.occurrences
        if let field, field < furtherFieldCount { occurrences = min(occurrences, block.maximumFieldCounts[field]) }
        greatest = max(greatest, bound(occurrences, pair.length))
      }
      maxima.append(greatest)
    }
  }

  /// The bounds of the blocks and, last, of the whole group.
  func bounds(_ bytes: VerifiedBytes, furtherFieldCount: Int) throws(StorageError) -> [ScoreBound] {
    var reader = try bytes.reader(boundsRange)
    var bounds: [ScoreBound] = []
    for _ in 0...blockCount { bounds.append(try ScoreBound.read(&reader, furtherFieldCount: furtherFieldCount)) }
    try reader.finish()
    return bounds
  }

  /// Turns byte counts into ends; false where they exceed 32 bits.
  private static func sumUp(_ counts: inout IntegerBlock, count: Int) -> Bool {
    var ends = counts.mutableSpan
    var sum: UInt64 = 0
    for index in 0..<count {
      sum &+= UInt64(ends[index])
      ends[index] = UInt32(truncatingIfNeeded: sum)
    }
    return sum <= UInt64(UInt32.max)
  }
}
