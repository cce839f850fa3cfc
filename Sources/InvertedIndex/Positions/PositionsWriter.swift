import BitKernels
import IndexStorage

/// Writes word positions, block by block of the postings they belong to.
struct PositionsWriter {
  private let file: CheckedFileWriter
  private var remainders = BitWriter()
  private var quotients = BitWriter()

  init(file: CheckedFileWriter) { self.file = file }

  /// Where the next block will start, in the content of the file.
  var position: Int { file.position }

  /// Adds the positions of one document, ascending, to the current block.
  ///
  /// - Parameter space: the places of the document.
  mutating func add(_ positions: Span<UInt32>, space: UInt32) {
    let width = riceWidth(space: space, count: UInt32(positions.count))
    let mask: UInt32 = width == 32 ? .max : (1 << UInt32(width)) - 1
    var expected: UInt32 = 0
    for index in positions.indices {
      let gap = positions[index] - expected
      expected = positions[index] + 1
      remainders.append(gap & mask, width: width)
      if positions.count > 1 { quotients.appendUnary(width == 32 ? 0 : gap >> UInt32(width)) }
    }
  }

  /// Ends the current block and returns its number of bytes.
  mutating func endBlock() throws(StorageError) -> Int {
    remainders.finish()
    quotients.finish()
    defer {
      remainders.removeAll()
      quotients.removeAll()
    }
    try file.append(remainders.bytes)
    try file.append(quotients.bytes)
    return remainders.bytes.count + quotients.bytes.count
  }

  /// Completes the file.
  func finish() throws(StorageError) -> FileSummary { try file.finish() }
}
