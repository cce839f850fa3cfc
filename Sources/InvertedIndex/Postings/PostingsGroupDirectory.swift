import BitKernels
import IndexStorage

/// Where the blocks of one group of a posting list are, and what bounds their scores.
struct PostingsGroupDirectory {
  /// No block takes more bytes: a head, and chunks for documents, occurrences and up to seven further fields.
  static let maximumBlockByteCount = 1 + 9 * IntegerChunkFormat.maximumByteCount

  private(set) var blockCount = 0
  /// The last document of each block; valid up to `blockCount`, and the greatest document number after it.
  private(set) var lastDocuments = InlineArray<33, UInt32>(repeating: .max)
  private var byteStarts = InlineArray<33, Int>(repeating: 0)
  private var positionStarts = InlineArray<33, Int>(repeating: 0)
  private var documentCounts = InlineArray<32, UInt8>(repeating: 0)
  private var groupBase: UInt32 = 0
  private var boundsRange = 0..<0

  init() {}

  /// The last document of the group.
  var lastDocument: UInt32 { blockCount == 0 ? 0 : lastDocuments[blockCount - 1] }

  /// Decodes the directory at the start of a group.
  ///
  /// `base` is the last document before the group plus 1, `lastDocument` the group's last document as the group index states it.
  mutating func load(
    file: CheckedFile, range: Range<Int>, base: UInt32, lastDocument: UInt32, positionsOffset: Int
  ) throws(StorageError) {
    var reader = try file.reader(range)
    let count = Int(try reader.readUInt8())
    guard count >= 1, count <= PostingsFormat.groupSize else { throw reader.corrupt("a group has \(count) blocks") }
    var values = IntegerBlock.zeros
    try reader.readChunk(count: count, into: &values)
    var next = UInt64(base)
    lastDocuments = InlineArray(repeating: .max)
    for index in 0..<count {
      let document = next + UInt64(values[index])
      guard document < UInt64(UInt32.max) else { throw reader.corrupt("a group names a document past 32 bits") }
      lastDocuments[index] = UInt32(document)
      next = document + 1
    }
    guard lastDocuments[count - 1] == lastDocument else { throw reader.corrupt("a group does not end where its list says") }
    try reader.readChunk(count: count, into: &values)
    byteStarts[0] = 0
    for index in 0..<count { byteStarts[index + 1] = byteStarts[index] + Int(values[index]) }
    try reader.readChunk(count: count, into: &values)
    positionStarts[0] = positionsOffset
    for index in 0..<count { positionStarts[index + 1] = positionStarts[index] + Int(values[index]) }
    try reader.readChunk(count: count, into: &values)
    for index in 0..<count {
      guard values[index] < IntegerBlock.size else { throw reader.corrupt("a block without documents") }
      documentCounts[index] = UInt8(IntegerBlock.size - Int(values[index]))
    }
    let boundsByteCount = try reader.readCount()
    boundsRange = range.lowerBound + reader.position..<range.lowerBound + reader.position + boundsByteCount
    guard byteStarts[count] == range.upperBound - boundsRange.upperBound else {
      throw reader.corrupt("the blocks of a group do not fill it")
    }
    for index in 0...count { byteStarts[index] += boundsRange.upperBound }
    blockCount = count
    groupBase = base
  }

  /// The document before a block, plus 1.
  func base(_ block: Int) -> UInt32 { block == 0 ? groupBase : lastDocuments[block - 1] + 1 }

  func blockRange(_ block: Int) -> Range<Int> { byteStarts[block]..<byteStarts[block + 1] }

  func positionsRange(_ block: Int) -> Range<Int> { positionStarts[block]..<positionStarts[block + 1] }

  func documentCount(_ block: Int) -> Int { Int(documentCounts[block]) }

  /// Appends the most that a document of each block can get, as `bound` says for a pair of occurrences and length.
  ///
  /// As ``bounds(file:furtherFieldCount:)`` without the pairs in memory: they are wanted once for each query.
  func appendMaxima(
    to maxima: inout [Double], file: CheckedFile, furtherFieldCount: Int,
    bound: (_ occurrences: UInt32, _ length: UInt32) -> Double
  ) throws(StorageError) {
    var reader = try file.reader(boundsRange)
    for _ in 0..<blockCount {
      var greatest = 0.0
      var occurrences: UInt32 = 0
      var length: UInt32 = 0
      for _ in 0..<(try reader.readUInt8()) {
        occurrences &+= try reader.readVarint32()
        length &+= try reader.readVarint32()
        greatest = max(greatest, bound(occurrences, length))
      }
      for _ in 0..<furtherFieldCount { _ = try reader.readVarint32() }
      maxima.append(greatest)
    }
  }

  /// The bounds of the blocks and, last, of the whole group.
  func bounds(file: CheckedFile, furtherFieldCount: Int) throws(StorageError) -> [ScoreBound] {
    var reader = try file.reader(boundsRange)
    var bounds: [ScoreBound] = []
    for _ in 0...blockCount { bounds.append(try ScoreBound.read(&reader, furtherFieldCount: furtherFieldCount)) }
    try reader.finish()
    return bounds
  }
}
