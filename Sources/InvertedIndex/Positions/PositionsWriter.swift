import BitKernels
import IndexStorage

/// Writes word positions, block by block of the postings they belong to.
struct PositionsWriter: ~Copyable {
  private let file: CheckedFileWriter
  private var coder = RiceWriter()

  init(file: CheckedFileWriter) { self.file = file }

  /// Writes a block and returns its number of bytes.
  ///
  /// - Parameters:
  ///   - positions: of one document after the other; those of each ascend.
  ///   - documents: its documents, the first `count` numbers.
  ///   - occurrences: how many positions each document has.
  mutating func appendBlock(
    _ positions: borrowing PlainBuffer<UInt32>, documents: borrowing IntegerBlock, occurrences: borrowing IntegerBlock,
    count: Int, lengths: DocumentLengths
  ) throws(StorageError) -> Int {
    coder.write(
      positions.span, counts: occurrences.span, documents: documents.span.extracting(0..<count), lengths: lengths.total,
      fieldGaps: UInt32(lengths.further.count))
    let start = file.position
    try file.append(coder.remainders)
    try file.append(coder.quotients)
    return file.position - start
  }
}
