import BitKernels
import IndexStorage

/// The positions of one block of postings, decoded chunk by chunk as documents are asked for.
///
/// Ask for documents in ascending order; going back starts the block again.
struct PositionsReader: ~Copyable {
  private let file: CheckedFile
  private var range = 0..<0
  /// The occurrences in the whole block.
  private var gapCount = 0
  private var gaps = IntegerBlock.zeros
  /// The occurrences in each document of the block and in those before it.
  private var ends = IntegerBlock.zeros
  /// The chunk in `gaps`, or -1.
  private var chunk = -1
  /// Where the chunk after it starts, in the content of the file.
  private var nextChunkOffset = 0

  /// A reader of blocks of a positions file, which stands at none.
  init(file: CheckedFile) { self.file = file }

  /// Makes the block at `range` of the file's content the current one, whose documents have so many occurrences each.
  mutating func start(range: Range<Int>, occurrences: Span<UInt32>) {
    self.range = range
    var total: UInt64 = 0
    for index in occurrences.indices {
      total &+= UInt64(occurrences[index])
      ends[index] = UInt32(truncatingIfNeeded: min(total, UInt64(UInt32.max)))
    }
    gapCount = Int(total)
    chunk = -1
    nextChunkOffset = range.lowerBound
  }

  /// Replaces `positions` by those of a document of the block.
  ///
  /// Complexity: O(occurrences + chunks passed over).
  mutating func read(_ document: Int, into positions: inout [UInt32]) throws(StorageError) {
    let start = document == 0 ? 0 : Int(ends[document - 1])
    let occurrences = start..<max(start, Int(ends[document]))
    guard occurrences.upperBound <= gapCount, occurrences.count <= DocumentLengths.maximum else {
      throw .corrupt(file: file.name, offset: range.lowerBound, reason: "a document has more occurrences than its block")
    }
    positions.removeAll(keepingCapacity: true)
    positions.reserveCapacity(occurrences.count)
    var expected: UInt64 = 0
    var next = occurrences.lowerBound
    while next < occurrences.upperBound {
      if next / IntegerBlock.size != chunk { try load(next / IntegerBlock.size) }
      let first = next % IntegerBlock.size
      let end = min(IntegerBlock.size, first + occurrences.upperBound - next)
      let gaps = gaps.span
      for index in first..<end {
        let position = expected &+ UInt64(gaps[index])
        positions.append(UInt32(truncatingIfNeeded: position))
        expected = position &+ 1
      }
      next += end - first
    }
    // Sums of at most 2^25 numbers of 32 bits do not overflow 64, so the last shows whether any is too great.
    guard expected <= UInt64(PositionsFormat.maximumPosition) + 1 else {
      throw .corrupt(file: file.name, offset: range.lowerBound, reason: "a word position is past any document")
    }
  }

  private mutating func load(_ wanted: Int) throws(StorageError) {
    if wanted <= chunk {
      chunk = -1
      nextChunkOffset = range.lowerBound
    }
    let file = self.file
    // No further than the wanted chunk can reach, so that no page is verified for nothing.
    let end = min(range.upperBound, nextChunkOffset + (wanted - chunk) * IntegerChunkFormat.maximumByteCount)
    var reader = try file.reader(nextChunkOffset..<end)
    while chunk + 1 < wanted {
      try reader.skipChunk(count: count(ofChunk: chunk + 1))
      chunk += 1
    }
    chunk += 1
    try reader.readChunk(count: count(ofChunk: chunk), into: &gaps)
    nextChunkOffset += reader.position
  }

  private func count(ofChunk chunk: Int) -> Int { min(IntegerBlock.size, gapCount - chunk * IntegerBlock.size) }
}
