import BitKernels
import IndexStorage

/// Gathers up to 32 blocks of a long list, and the directory and bounds that stand before them.
struct PostingsGroupBuilder: ~Copyable {
  /// The bytes of the blocks so far.
  var blocks = ByteWriter()
  /// The bound of the block being gathered.
  var bound: ScoreBoundBuilder
  private var groupBound: ScoreBoundBuilder
  private var bounds = ByteWriter()
  private var lastDocuments = IntegerBlock.zeros
  private(set) var blockCount = 0
  private var byteCounts: [UInt32] = []
  private var positionByteCounts: [UInt32] = []
  private var missing: [UInt32] = []
  private var impacts: [UInt8] = []
  /// Scratch of chunks.
  private var chunk = IntegerBlock.zeros
  /// The last document of the group before, plus 1; 0 before the first.
  private var base: UInt32 = 0

  init(furtherFieldCount: Int) {
    bound = ScoreBoundBuilder(furtherFieldCount: furtherFieldCount)
    groupBound = ScoreBoundBuilder(furtherFieldCount: furtherFieldCount)
  }

  var isEmpty: Bool { blockCount == 0 }
  var lastDocument: UInt32 { lastDocuments[blockCount - 1] }

  /// Notes a block whose bytes were appended to ``blocks``.
  mutating func endBlock(lastDocument: UInt32, documentCount: Int, byteCount: Int, positionByteCount: Int, impact: UInt8) {
    bound.end(writingTo: &bounds, addingTo: &groupBound)
    lastDocuments[blockCount] = lastDocument
    blockCount += 1
    byteCounts.append(UInt32(byteCount))
    positionByteCounts.append(UInt32(positionByteCount))
    missing.append(UInt32(IntegerBlock.size - documentCount))
    impacts.append(impact)
  }

  /// Makes the next group the first of a list.
  mutating func startList() { base = 0 }

  /// Appends the group's bytes to `group`; the builder is then empty.
  mutating func end(_ group: inout ByteWriter) {
    group.append(UInt8(blockCount))
    let last = lastDocument
    takeGaps(lastDocuments, count: blockCount, base: base, into: &chunk)
    base = last + 1
    IntegerChunkWriter.append(&chunk, count: blockCount, to: &group.bytes)
    appendChunk(byteCounts, to: &group)
    appendChunk(positionByteCounts, to: &group)
    appendChunk(missing, to: &group)
    group.append(contentsOf: impacts)
    groupBound.end(writingTo: &bounds)
    group.appendVarint(UInt64(bounds.bytes.count))
    group.append(contentsOf: bounds.bytes)
    group.append(contentsOf: blocks.bytes)
    removeAll()
  }

  private mutating func appendChunk(_ values: [UInt32], to writer: inout ByteWriter) {
    for index in values.indices { chunk[index] = values[index] }
    IntegerChunkWriter.append(&chunk, count: values.count, to: &writer.bytes)
  }

  private mutating func removeAll() {
    blocks.removeAll()
    bounds.removeAll()
    blockCount = 0
    byteCounts.removeAll(keepingCapacity: true)
    positionByteCounts.removeAll(keepingCapacity: true)
    missing.removeAll(keepingCapacity: true)
    impacts.removeAll(keepingCapacity: true)
  }
}
