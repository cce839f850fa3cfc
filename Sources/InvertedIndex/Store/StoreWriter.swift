import IndexStorage

/// Writes stored records in compressed blocks.
final class StoreWriter {
  private let file: CheckedFileWriter
  private let blockByteCount: Int
  private let compressor = Compressor(level: StoreFormat.compressionLevel)
  private var records: [UInt8] = []
  private var recordEnds: [UInt32] = []
  private var index = ByteWriter()
  private var blockCount = 0
  /// The number of records so far.
  private(set) var recordCount = 0

  init(file: CheckedFileWriter, blockByteCount: Int) {
    self.file = file
    self.blockByteCount = blockByteCount
  }

  /// Appends a record.
  func append(_ record: Span<UInt8>) throws(StorageError) {
    records.append(contentsOf: record)
    recordEnds.append(UInt32(records.count))
    recordCount += 1
    if records.count >= blockByteCount { try endBlock() }
  }

  /// Copies all records of another store behind those written so far, without unpacking them.
  func append(copyOf store: StoreReader) throws(StorageError) {
    try endBlock()
    var copied = 0
    for block in 0..<store.blockCount {
      let entry = try store.entry(block)
      let source = store.file
      guard entry.firstRecord == copied else {
        throw source.corrupt(at: entry.bytes.lowerBound, "the blocks of a store do not follow each other")
      }
      copied += entry.recordCount
      appendIndexEntry(
        firstRecord: recordCount, count: entry.recordCount, plainByteCount: entry.plainByteCount, byteCount: entry.bytes.count)
      try file.append(try source.bytes(entry.bytes))
      source.advise(.doneWith, entry.bytes)
      recordCount += entry.recordCount
    }
    guard copied == store.recordCount else { throw store.file.corrupt(at: 0, "stored records are missing") }
  }

  /// Copies some records of another store, ascending, behind those written so far; their blocks are packed anew.
  func append(_ ordinals: [Int], of store: StoreReader) throws(StorageError) {
    let decompressor = Decompressor()
    var next = 0
    for block in 0..<store.blockCount {
      let entry = try store.entry(block)
      let end = entry.firstRecord + entry.recordCount
      guard next < ordinals.count, ordinals[next] < end else { continue }
      let plain = try store.unpack(entry, decompressor)
      while next < ordinals.count, ordinals[next] < end {
        guard ordinals[next] >= entry.firstRecord else {
          throw store.file.corrupt(at: entry.bytes.lowerBound, "the blocks of a store do not follow each other")
        }
        let record = try store.slice(ordinals[next] - entry.firstRecord, of: plain, entry)
        try append(record.span)
        next += 1
      }
      store.file.advise(.doneWith, entry.bytes)
    }
    guard next == ordinals.count else { throw store.file.corrupt(at: 0, "stored records are missing") }
  }

  /// Completes the file.
  func finish() throws(StorageError) -> FileSummary {
    try endBlock()
    let offset = file.position
    index.append(UInt64(recordCount))
    index.append(UInt64(blockCount))
    index.append(UInt64(offset))
    try file.append(index.bytes)
    return try file.finish()
  }

  /// Removes the file.
  func abandon() { file.abandon() }

  private func endBlock() throws(StorageError) {
    guard !recordEnds.isEmpty else { return }
    var plain = ByteWriter(capacity: records.count + 4 * recordEnds.count)
    for end in recordEnds { plain.append(end) }
    plain.append(contentsOf: records)
    let packed = compressor.compress(plain.bytes)
    appendIndexEntry(
      firstRecord: recordCount - recordEnds.count, count: recordEnds.count, plainByteCount: plain.count, byteCount: packed.count)
    try file.append(packed)
    records.removeAll(keepingCapacity: true)
    recordEnds.removeAll(keepingCapacity: true)
  }

  private func appendIndexEntry(firstRecord: Int, count: Int, plainByteCount: Int, byteCount: Int) {
    index.append(UInt32(firstRecord))
    index.append(UInt32(count))
    index.append(UInt32(plainByteCount))
    index.append(UInt32(byteCount))
    index.append(UInt64(file.position))
    blockCount += 1
  }
}
