import IndexStorage

/// The columns of a segment.
struct ColumnsReader: Sendable {
  let file: CheckedFile
  let documentCount: Int
  private var columns: [UInt8: ColumnReader] = [:]
  private var keywordFields: [KeywordValuesReader] = []

  init(file: CheckedFile) throws(StorageError) {
    self.file = file
    let trailerOffset = file.contentByteCount - 8
    guard trailerOffset >= 0 else { throw .corrupt(file: file.name, offset: nil, reason: "too short for columns") }
    var trailer = try file.reader(trailerOffset..<file.contentByteCount)
    let directoryOffset = try trailer.readOffset64()
    guard directoryOffset <= trailerOffset else { throw trailer.corrupt("the directory of columns is past the end") }
    var directory = try file.reader(directoryOffset..<trailerOffset)
    documentCount = try directory.readOffset()
    for _ in 0..<(try directory.readCount(elementByteCount: 11)) {
      let number = try directory.readUInt8()
      let width = Int(try directory.readUInt8())
      let base = try directory.readUInt64()
      let offset = try directory.readOffset()
      guard [0, 1, 2, 4, 8].contains(width), documentCount <= 1 << 32, offset + width * documentCount <= directoryOffset else {
        throw directory.corrupt("column \(number) reaches past the columns")
      }
      columns[number] = ColumnReader(file: file, offset: offset, width: width, base: base, documentCount: documentCount)
    }
    for _ in 0..<(try directory.readCount(elementByteCount: 3)) {
      let valueCount = try directory.readOffset()
      let offset = try directory.readOffset()
      let byteCount = try directory.readOffset()
      guard offset + byteCount <= directoryOffset, valueCount <= byteCount / 4 else {
        throw directory.corrupt("keyword values reach past the columns")
      }
      keywordFields.append(KeywordValuesReader(file: file, offset: offset, byteCount: byteCount, valueCount: valueCount))
    }
    try directory.finish()
  }

  /// A column, which every segment has.
  func column(_ column: Column, plus index: Int = 0) throws(StorageError) -> ColumnReader {
    guard let reader = columns[column.rawValue + UInt8(index)] else {
      throw .corrupt(file: file.name, offset: nil, reason: "column \(column.rawValue + UInt8(index)) is missing")
    }
    return reader
  }

  /// The values of a keyword field.
  func keywordValues(_ field: Int) throws(StorageError) -> KeywordValuesReader {
    guard field < keywordFields.count else {
      throw .corrupt(file: file.name, offset: nil, reason: "the values of keyword field \(field) are missing")
    }
    return keywordFields[field]
  }
}

/// One column of a segment, read at random.
package struct ColumnReader: Sendable {
  let file: CheckedFile
  let offset: Int
  let width: Int
  let base: UInt64
  let documentCount: Int

  /// The value of a document, which must be below the segment's document count.
  ///
  /// Complexity: O(1).
  package func value(_ document: Int) throws(StorageError) -> UInt64 {
    precondition(document >= 0 && document < documentCount, "a segment has no such document")
    guard width > 0 else { return base }
    let start = offset + document * width
    let file = self.file
    return base &+ ColumnReader.value(try file.bytes(start..<start + width), at: 0, width: width)
  }

  /// The value of a signed column.
  package func signedValue(_ document: Int) throws(StorageError) -> Int64 {
    Int64(bitPattern: try value(document) ^ (1 << 63))
  }

  /// Calls `body` with the value of each document of a range, in order.
  ///
  /// Complexity: O(documents), with one access to the file.
  func forEach(in documents: Range<Int>, _ body: (_ document: Int, _ value: UInt64) -> Void) throws(StorageError) {
    precondition(documents.lowerBound >= 0 && documents.upperBound <= documentCount, "a segment has no such documents")
    guard width > 0 else {
      for document in documents { body(document, base) }
      return
    }
    let file = self.file
    let bytes = try file.bytes(offset + documents.lowerBound * width..<offset + documents.upperBound * width)
    for document in documents {
      body(document, base &+ ColumnReader.value(bytes, at: (document - documents.lowerBound) * width, width: width))
    }
  }

  /// All values as 32-bit numbers.
  func values32() throws(StorageError) -> [UInt32] {
    var values: [UInt32] = []
    values.reserveCapacity(documentCount)
    var isTooLarge = false
    try forEach(in: 0..<documentCount) { _, value in
      if value > UInt64(UInt32.max) { isTooLarge = true }
      values.append(UInt32(truncatingIfNeeded: value))
    }
    if isTooLarge { throw .corrupt(file: file.name, offset: offset, reason: "a column holds more than 32 bits") }
    return values
  }

  private static func value(_ bytes: Span<UInt8>, at index: Int, width: Int) -> UInt64 {
    switch width {
    case 1: UInt64(bytes[index])
    case 2: UInt64(bytes[index]) | UInt64(bytes[index + 1]) << 8
    case 4: UInt64(bytes.littleEndianUInt32(at: index))
    default: bytes.littleEndianUInt64(at: index)
    }
  }
}

/// The different values of a keyword field in a segment, in their compared form.
struct KeywordValuesReader: Sendable {
  let file: CheckedFile
  let offset: Int
  let byteCount: Int
  let valueCount: Int

  /// The ordinal of a value, or nil where no document has it.
  ///
  /// Complexity: O(log values).
  func ordinal(of value: Span<UInt8>) throws(StorageError) -> Int? {
    var low = 0
    var high = valueCount
    while low < high {
      let middle = (low + high) / 2
      let range = try range(middle)
      let file = self.file
      switch compare(try file.bytes(range), value) {
      case 0: return middle
      case ..<0: low = middle + 1
      default: high = middle
      }
    }
    return nil
  }

  /// The value of an ordinal, which must be below the number of values.
  func value(_ ordinal: Int) throws(StorageError) -> [UInt8] {
    let range = try range(ordinal)
    let file = self.file
    return [UInt8](copying: try file.bytes(range))
  }

  private func range(_ ordinal: Int) throws(StorageError) -> Range<Int> {
    let file = self.file
    let ends = try file.bytes(offset..<offset + 4 * valueCount)
    let start = ordinal == 0 ? 0 : Int(ends.littleEndianUInt32(at: 4 * (ordinal - 1)))
    let end = Int(ends.littleEndianUInt32(at: 4 * ordinal))
    guard start <= end, 4 * valueCount + end <= byteCount else {
      throw .corrupt(file: file.name, offset: offset, reason: "keyword values overlap")
    }
    return offset + 4 * valueCount + start..<offset + 4 * valueCount + end
  }

  private func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index] ? -1 : 1
    }
    return left.count - right.count
  }
}
