import IndexStorage

/// Reads stored records.
struct StoreReader: Sendable {
  let file: CheckedFile
  /// The number of records.
  let recordCount: Int
  let blockCount: Int
  private let indexOffset: Int

  init(file: CheckedFile) throws(StorageError) {
    self.file = file
    let trailerOffset = file.contentByteCount - StoreFormat.trailerByteCount
    guard trailerOffset >= 0 else { throw .corrupt(file: file.name, offset: nil, reason: "too short for a store") }
    var trailer = try file.reader(trailerOffset..<file.contentByteCount)
    recordCount = try trailer.readOffset64()
    blockCount = try trailer.readOffset64()
    indexOffset = try trailer.readOffset64()
    guard indexOffset <= trailerOffset,
      blockCount == (trailerOffset - indexOffset) / StoreFormat.indexEntryByteCount,
      (trailerOffset - indexOffset).isMultiple(of: StoreFormat.indexEntryByteCount)
    else { throw trailer.corrupt("the trailer of a store contradicts itself") }
  }

  /// What the index says of a block.
  struct Entry {
    var firstRecord: Int
    var recordCount: Int
    var plainByteCount: Int
    var bytes: Range<Int>
  }

  /// What the index says of a block, which must be below ``blockCount``.
  func entry(_ block: Int) throws(StorageError) -> Entry {
    let start = indexOffset + block * StoreFormat.indexEntryByteCount
    let file = self.file
    var reader = try file.reader(start..<start + StoreFormat.indexEntryByteCount)
    let first = Int(try reader.readUInt32())
    let count = Int(try reader.readUInt32())
    let plain = Int(try reader.readUInt32())
    let byteCount = Int(try reader.readUInt32())
    let offset = try reader.readOffset64()
    guard offset + byteCount <= indexOffset, first + count <= recordCount, plain <= StoreFormat.maximumBlockByteCount,
      4 * count <= plain
    else { throw reader.corrupt("a block of a store contradicts its index") }
    return Entry(firstRecord: first, recordCount: count, plainByteCount: plain, bytes: offset..<offset + byteCount)
  }

  /// A record, which must be below ``recordCount``.
  ///
  /// Complexity: O(log blocks + bytes of a block).
  func record(_ record: Int, _ decompressor: Decompressor) throws(StorageError) -> [UInt8] {
    precondition(record >= 0 && record < recordCount, "a store has no such record")
    var low = 0
    var high = blockCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if try entry(middle).firstRecord <= record { low = middle } else { high = middle }
    }
    guard low < blockCount else { throw file.corrupt(at: indexOffset, "a store has records but no blocks") }
    let entry = try entry(low)
    let index = record - entry.firstRecord
    guard index >= 0, index < entry.recordCount else {
      throw file.corrupt(at: indexOffset, "no block of the store holds record \(record)")
    }
    let plain = try unpack(entry, decompressor)
    return try slice(index, of: plain, entry)
  }

  /// Unpacks a block.
  func unpack(_ entry: Entry, _ decompressor: Decompressor) throws(StorageError) -> [UInt8] {
    let file = self.file
    guard let plain = decompressor.decompress(try file.bytes(entry.bytes), byteCount: entry.plainByteCount) else {
      throw file.corrupt(at: entry.bytes.lowerBound, "a block of stored records cannot be unpacked")
    }
    return plain
  }

  /// The record at an index of an unpacked block.
  func slice(_ index: Int, of plain: [UInt8], _ entry: Entry) throws(StorageError) -> [UInt8] {
    let bytes = plain.span
    let start = index == 0 ? 0 : Int(bytes.littleEndianUInt32(at: 4 * (index - 1)))
    let end = Int(bytes.littleEndianUInt32(at: 4 * index))
    let base = 4 * entry.recordCount
    guard start <= end, base + end <= plain.count else {
      throw file.corrupt(at: entry.bytes.lowerBound, "the records of a block overlap")
    }
    return Array(plain[base + start..<base + end])
  }
}
