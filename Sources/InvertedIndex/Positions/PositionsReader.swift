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

  /// Writes the positions of a document of the block to the front of `positions`, which grows where it must; returns how many.
  ///
  /// Complexity: O(occurrences + chunks passed over).
  mutating func read(_ document: Int, into positions: inout [UInt32]) throws(StorageError) -> Int {
    var next = document == 0 ? 0 : Int(ends[document - 1])
    let end = Int(ends[document])
    let count = end - next
    guard next <= end, end <= gapCount, count <= DocumentLengths.maximum else {
      throw .corrupt(file: file.name, offset: range.lowerBound, reason: "a document has more occurrences than its block")
    }
    if positions.count < count { positions += repeatElement(0, count: count - positions.count) }
    var expected: UInt64 = 0
    var output = 0
    while next < end {
      if next / IntegerBlock.size != chunk { try load(next / IntegerBlock.size) }
      let first = next % IntegerBlock.size
      let part = first..<min(IntegerBlock.size, first + end - next)
      expected = addUpPositions(gaps.span, range: part, expected: expected, into: &positions, at: output)
      next += part.count
      output += part.count
    }
    // Sums of at most 2^25 numbers of 32 bits do not overflow 64, so the last shows whether any is too great.
    guard expected <= UInt64(PositionsFormat.maximumPosition) + 1 else {
      throw .corrupt(file: file.name, offset: range.lowerBound, reason: "a word position is past any document")
    }
    return count
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
