import IndexStorage

/// Writes the columns of a segment, one after the other.
struct ColumnsWriter {
  private let file: CheckedFileWriter
  private let documentCount: Int
  private var columns: [(number: UInt8, width: UInt8, base: UInt64, offset: Int)] = []
  private var keywords: [(valueCount: Int, offset: Int, byteCount: Int)] = []

  init(file: CheckedFileWriter, documentCount: Int) {
    self.file = file
    self.documentCount = documentCount
  }

  /// Appends a column; `value` is asked for every document twice, in order.
  mutating func append(
    _ column: Column, plus index: Int = 0, value: (_ document: Int) throws(StorageError) -> UInt64
  ) throws(StorageError) {
    var smallest = UInt64.max
    var largest = UInt64.min
    for document in 0..<documentCount {
      let value = try value(document)
      smallest = min(smallest, value)
      largest = max(largest, value)
    }
    let base = documentCount == 0 ? 0 : smallest
    let width = documentCount == 0 ? 0 : ColumnsWriter.width(largest - smallest)
    columns.append((column.rawValue + UInt8(index), UInt8(width), base, file.position))
    guard width > 0 else { return }
    var buffer = ByteWriter(capacity: 1 << 16)
    for document in 0..<documentCount {
      let value = try value(document) - base
      for byte in 0..<width { buffer.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
      if buffer.count >= 1 << 16 - 8 {
        try file.append(buffer.bytes)
        buffer.removeAll()
      }
    }
    try file.append(buffer.bytes)
  }

  /// Appends the values of the next keyword field, ascending by their bytes.
  mutating func appendKeywords(_ values: [[UInt8]]) throws(StorageError) {
    let offset = file.position
    var writer = ByteWriter()
    var end: UInt32 = 0
    for value in values {
      end += UInt32(value.count)
      writer.append(end)
    }
    for value in values { writer.append(contentsOf: value) }
    try file.append(writer.bytes)
    keywords.append((values.count, offset, writer.count))
  }

  /// Completes the file.
  func finish() throws(StorageError) -> FileSummary {
    let offset = file.position
    var directory = ByteWriter()
    directory.appendVarint(documentCount)
    directory.appendVarint(columns.count)
    for column in columns {
      directory.append(column.number)
      directory.append(column.width)
      directory.append(column.base)
      directory.appendVarint(column.offset)
    }
    directory.appendVarint(keywords.count)
    for field in keywords {
      directory.appendVarint(field.valueCount)
      directory.appendVarint(field.offset)
      directory.appendVarint(field.byteCount)
    }
    directory.append(UInt64(offset))
    try file.append(directory.bytes)
    return try file.finish()
  }

  private static func width(_ largest: UInt64) -> Int {
    switch largest {
    case 0: 0
    case ...0xFF: 1
    case ...0xFFFF: 2
    case ...0xFFFF_FFFF: 4
    default: 8
    }
  }
}
