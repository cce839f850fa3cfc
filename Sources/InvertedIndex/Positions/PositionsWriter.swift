import BitKernels
import IndexStorage

/// Writes word positions, block by block of the postings they belong to.
struct PositionsWriter: ~Copyable {
  private let file: CheckedFileWriter
  private var gaps = IntegerBlock.zeros
  private var gapCount = 0
  private var bytes: [UInt8] = []

  init(file: CheckedFileWriter) { self.file = file }

  /// Where the next block will start, in the content of the file.
  var position: Int { file.position }

  /// Adds the positions of one document, ascending, to the current block.
  mutating func add(_ positions: Span<UInt32>) {
    var expected: UInt32 = 0
    for index in positions.indices {
      gaps[gapCount] = positions[index] - expected
      expected = positions[index] + 1
      gapCount += 1
      if gapCount == IntegerBlock.size { endChunk() }
    }
  }

  /// Ends the current block and returns its number of bytes.
  mutating func endBlock() throws(StorageError) -> Int {
    if gapCount > 0 { endChunk() }
    defer { bytes.removeAll(keepingCapacity: true) }
    try file.append(bytes)
    return bytes.count
  }

  /// Completes the file.
  func finish() throws(StorageError) -> FileSummary { try file.finish() }

  private mutating func endChunk() {
    IntegerChunkWriter.append(&gaps, count: gapCount, to: &bytes)
    gapCount = 0
  }
}
