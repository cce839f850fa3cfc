import BitKernels
import IndexStorage

/// The positions of one block of postings, document by document.
///
/// Quick where documents are asked for in ascending order; going back starts the block again.
struct PositionsReader: ~Copyable {
  private let file: CheckedFile
  private var bytes: VerifiedBytes?
  /// The low bits of a gap, by document.
  private var widths = FixedBuffer<128, UInt32>(repeating: 0)
  /// The bits of remainders, and the number of quotients, of each document and those before it.
  private var remainderEnds = FixedBuffer<128, Int>(repeating: 0)
  private var quotientEnds = FixedBuffer<128, Int>(repeating: 0)
  /// The bit at which quotients begin, and the bit after so many of them.
  private var firstQuotientBit = 0
  private var quotientBit = 0
  private var quotientCount = 0

  /// A reader of blocks of a positions file, which stands at none.
  init(file: CheckedFile) { self.file = file }

  /// Makes the block that starts at `range` of the file's content, and ends there or before, the current one.
  ///
  /// - Parameters:
  ///   - lengths: the words of every document.
  ///   - fieldGaps: the positions left out between fields.
  mutating func start(
    _ range: Range<Int>, documents: Span<UInt32>, occurrences: Span<UInt32>, lengths: [UInt32], fieldGaps: UInt32
  ) throws(StorageError) {
    guard
      layOutRice(
        documents: documents, occurrences: occurrences, lengths: lengths, fieldGaps: fieldGaps, widths: &widths,
        remainderEnds: &remainderEnds, quotientEnds: &quotientEnds)
    else {
      throw .corrupt(file: file.name, offset: nil, reason: "a word stands in a document more often than there are places")
    }
    let bits = remainderEnds[documents.count - 1]
    let most =
      (bits + 7) / 8 + PositionsFormat.maximumQuotientByteCount(positionCount: quotientEnds[documents.count - 1])
    // No further than the block can reach, so that no page is verified for nothing.
    bytes = try VerifiedBytes(file, range.lowerBound..<min(range.upperBound, range.lowerBound + most))
    firstQuotientBit = (bits + 7) / 8 * 8
    quotientBit = firstQuotientBit
    quotientCount = 0
  }

  /// Writes the positions of a document of the block to the front of `positions`, which grows where it must; returns how many.
  ///
  /// Complexity: O(occurrences + bits passed over / 64).
  mutating func read(_ document: Int, occurrences: UInt32, into positions: inout [UInt32]) throws(StorageError) -> Int {
    let count = Int(occurrences)
    if positions.count < count { positions += repeatElement(0, count: count - positions.count) }
    let width = Int(widths[document])
    let bytes = bytes!
    guard count > 1 else {
      let read = readRice(
        bytes.span, count: 1, width: width, remainder: remainderEnds[document] - width, quotient: nil, into: &positions)
      guard let read, read.last <= UInt64(PositionsFormat.maximumPosition) else { throw damaged(bytes) }
      return 1
    }
    let first = quotientEnds[document] - count
    if quotientCount > first {
      quotientCount = 0
      quotientBit = firstQuotientBit
    }
    guard let start = skipOnes(first - quotientCount, from: quotientBit, in: bytes.span),
      let read = readRice(
        bytes.span, count: count, width: width, remainder: remainderEnds[document] - width * count, quotient: start,
        into: &positions),
      read.last <= UInt64(PositionsFormat.maximumPosition)
    else { throw damaged(bytes) }
    quotientBit = read.quotient
    quotientCount = quotientEnds[document]
    return count
  }

  /// Writes a mark at each position of some documents of the block, see ``markRice(_:_:documents:occurrences:widths:remainderEnds:quotient:mark:in:into:)``.
  mutating func mark(
    _ range: Range<Int>, documents: borrowing IntegerBlock, occurrences: borrowing IntegerBlock, with mark: UInt16,
    in rows: borrowing RowPlaces, into cells: inout PlainBuffer<UInt16>
  ) throws(StorageError) {
    guard !range.isEmpty else { return }
    let bytes = bytes!
    let first = range.lowerBound == 0 ? 0 : quotientEnds[range.lowerBound - 1]
    if quotientCount > first {
      quotientCount = 0
      quotientBit = firstQuotientBit
    }
    guard let start = skipOnes(first - quotientCount, from: quotientBit, in: bytes.span),
      let end = markRice(
        bytes.span, range, documents: documents, occurrences: occurrences, widths: widths, remainderEnds: remainderEnds,
        quotient: start, mark: mark, in: rows, into: &cells)
    else { throw damaged(bytes) }
    quotientBit = end
    quotientCount = quotientEnds[range.upperBound - 1]
  }

  private func damaged(_ bytes: VerifiedBytes) -> StorageError {
    bytes.corrupt("the positions of a word end too early or lie past any document")
  }
}
