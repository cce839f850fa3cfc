import IndexStorage

/// Writes the layout records of a segment in document order.
struct LayoutWriter {
  private let file: CheckedFileWriter
  private var counts = ByteWriter()
  private var records: [UInt8] = []
  private var recordCount = 0
  private var offsets: [UInt64] = []
  private var documentCount: UInt64 = 0

  init(file: CheckedFileWriter) { self.file = file }

  /// Appends the record of the next document.
  mutating func append(_ record: Span<UInt8>) throws(StorageError) {
    counts.appendVarint(record.count)
    records.append(contentsOf: record)
    recordCount += 1
    documentCount += 1
    if recordCount == LayoutFormat.blockSize { try endBlock() }
  }

  /// Completes the file.
  mutating func finish() throws(StorageError) -> FileSummary {
    try endBlock()
    let indexOffset = UInt64(file.position)
    var index = ByteWriter()
    for offset in offsets { index.append(offset) }
    index.append(documentCount)
    index.append(indexOffset)
    try file.append(index.bytes)
    return try file.finish()
  }

  private mutating func endBlock() throws(StorageError) {
    guard recordCount > 0 else { return }
    offsets.append(UInt64(file.position))
    try file.append(counts.bytes)
    try file.append(records)
    counts.removeAll()
    records.removeAll(keepingCapacity: true)
    recordCount = 0
  }
}
