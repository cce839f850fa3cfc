import BitKernels
import IndexStorage

/// Gathers up to 32 blocks of a long list, and the directory and bounds that stand before them.
struct PostingsGroupBuilder {
  private let furtherFieldCount: Int
  /// The bytes of the blocks so far.
  var blocks = ByteWriter()
  /// The bound of the block being gathered.
  var bound: ScoreBoundBuilder
  private var groupBound: ScoreBoundBuilder
  private var bounds = ByteWriter()
  private var lastDocuments: [UInt32] = []
  private var byteCounts: [UInt32] = []
  private var positionByteCounts: [UInt32] = []
  private var missing: [UInt32] = []
  private var impacts: [UInt8] = []
  /// The last document of the group before, plus 1; 0 before the first.
  private var base: UInt32 = 0

  init(furtherFieldCount: Int) {
    self.furtherFieldCount = furtherFieldCount
    bound = ScoreBoundBuilder(furtherFieldCount: furtherFieldCount)
    groupBound = bound
  }

  var isEmpty: Bool { lastDocuments.isEmpty }
  var blockCount: Int { lastDocuments.count }
  var lastDocument: UInt32 { lastDocuments[lastDocuments.count - 1] }

  /// Notes a block whose bytes were appended to ``blocks``.
  mutating func endBlock(lastDocument: UInt32, documentCount: Int, byteCount: Int, positionByteCount: Int, impact: UInt8) {
    let blockBound = bound.bound
    blockBound.write(to: &bounds)
    groupBound.add(blockBound)
    bound = ScoreBoundBuilder(furtherFieldCount: furtherFieldCount)
    lastDocuments.append(lastDocument)
    byteCounts.append(UInt32(byteCount))
    positionByteCounts.append(UInt32(positionByteCount))
    missing.append(UInt32(IntegerBlock.size - documentCount))
    impacts.append(impact)
  }

  /// Makes the next group the first of a list.
  mutating func startList() { base = 0 }

  /// The group's bytes; the builder is then empty.
  mutating func end() -> ByteWriter {
    var group = ByteWriter()
    group.append(UInt8(blockCount))
    var gaps = lastDocuments
    var expected = base
    for index in gaps.indices {
      let document = gaps[index]
      gaps[index] = document - expected
      expected = document + 1
    }
    base = expected
    for column in [gaps, byteCounts, positionByteCounts, missing] { appendChunk(column, to: &group) }
    group.append(contentsOf: impacts)
    groupBound.bound.write(to: &bounds)
    group.appendVarint(UInt64(bounds.bytes.count))
    group.append(contentsOf: bounds.bytes)
    group.append(contentsOf: blocks.bytes)
    removeAll()
    return group
  }

  private func appendChunk(_ values: [UInt32], to writer: inout ByteWriter) {
    var block = IntegerBlock.zeros
    for index in values.indices { block[index] = values[index] }
    IntegerChunkWriter.append(&block, count: values.count, to: &writer.bytes)
  }

  private mutating func removeAll() {
    blocks.removeAll()
    bounds.removeAll()
    groupBound = ScoreBoundBuilder(furtherFieldCount: furtherFieldCount)
    lastDocuments.removeAll(keepingCapacity: true)
    byteCounts.removeAll(keepingCapacity: true)
    positionByteCounts.removeAll(keepingCapacity: true)
    missing.removeAll(keepingCapacity: true)
    impacts.removeAll(keepingCapacity: true)
  }
}
