/// Writes the positions of documents in the coding that `RiceCoding.swift` describes: two streams of bits, remainders and quotients,
/// for a block of documents at a time.
@usableFromInline
package struct RiceWriter: ~Copyable {
  private var remainderBytes = PlainBuffer<UInt8>(capacity: 1 << 12)
  private var quotientBytes = PlainBuffer<UInt8>(capacity: 1 << 10)
  private var widths = FixedBuffer<128, UInt32>(repeating: 0)

  /// A writer without a block.
  package init() {}

  /// The remainders of the block, filled to whole bytes.
  package var remainders: Span<UInt8> {
    @_lifetime(borrow self) get { remainderBytes.span }
  }
  /// The quotients of the block, filled to whole bytes.
  package var quotients: Span<UInt8> {
    @_lifetime(borrow self) get { quotientBytes.span }
  }

  /// Makes the positions of at most 128 documents the block, instead of the one before.
  ///
  /// - Parameters:
  ///   - positions: of one document after the other; those of each ascend.
  ///   - counts: how many positions each document has, at least one.
  ///   - documents: ascending.
  ///   - lengths: the words of every document.
  ///   - fieldGaps: the positions left out between fields.
  ///
  /// Complexity: O(positions).
  package mutating func write(
    _ positions: Span<UInt32>, counts: Span<UInt32>, documents: Span<UInt32>, lengths: [UInt32], fieldGaps: UInt32
  ) {
    remainderBytes.removeAll()
    quotientBytes.removeAll()
    guard documents.count > 0 else { return }
    precondition(
      documents.count <= min(counts.count, 128) && Int(documents[documents.count - 1]) < lengths.count,
      "a block reaches past its documents")
    let isSound = findRiceWidths(
      documents: documents, occurrences: counts, lengths: lengths, fieldGaps: fieldGaps, widths: &widths)
    precondition(isSound, "a word stands in a document more often than there are places")
    let room = quotientBitCount(positions, counts: counts, documentCount: documents.count)
    // No remainder has more than 32 bits. Eight bytes more, because words are stored whole.
    let remainderMemory = unsafe remainderBytes.memoryToAppend(4 * positions.count + 8)
    remainderBytes.didWrite(
      unsafe writeRemainders(
        positions, counts: counts, widths: widths.span, documentCount: documents.count, to: remainderMemory))
    let quotientMemory = unsafe quotientBytes.memoryToAppend(room / 8 + 16)
    quotientBytes.didWrite(
      unsafe writeQuotients(positions, counts: counts, widths: widths.span, documentCount: documents.count, to: quotientMemory))
  }

  /// No more bits than this are in the quotients; checks that the counts add up to the positions.
  ///
  /// The gaps of a document add up to no more than its last position, and so do their quotients to that of it.
  private func quotientBitCount(_ positions: Span<UInt32>, counts: Span<UInt32>, documentCount: Int) -> Int {
    let widths = widths.span
    var bits = 0
    var end = 0
    for document in 0..<documentCount {
      let count = Int(counts[document])
      end += count
      if count > 1 { bits += count + Int(positions[end - 1] >> widths[document]) }
    }
    precondition(end == positions.count, "a block has other positions than its documents")
    return bits
  }
}

/// Writes the low bits of each gap; returns the bytes.
private func writeRemainders(
  _ positions: Span<UInt32>, counts: Span<UInt32>, widths: Span<UInt32>, documentCount: Int,
  to output: UnsafeMutablePointer<UInt8>
) -> Int {
  let output = UnsafeMutableRawPointer(output)
  var place = 0
  var pending: UInt64 = 0
  var filled: UInt64 = 0
  var next = 0
  for document in 0..<documentCount {
    // Safe: `quotientBitCount` found that the counts add up to the positions. Each remainder moves `place` on by at most four
    // bytes and stores eight, for which there is room.
    let end = next &+ Int(unsafe counts[unchecked: document])
    let width = UInt64(unsafe widths[unchecked: document])
    let mask: UInt64 = (1 &<< width) &- 1
    var expected: UInt32 = 0
    while next < end {
      let position = unsafe positions[unchecked: next]
      pending |= (UInt64(position &- expected) & mask) &<< filled
      expected = position &+ 1
      next &+= 1
      filled &+= width
      unsafe output.storeBytes(of: pending.littleEndian, toByteOffset: place, as: UInt64.self)
      place &+= Int(filled >> 3)
      pending = pending &>> (filled & ~7)
      filled &= 7
    }
  }
  if filled > 0 {
    unsafe output.storeBytes(of: UInt8(truncatingIfNeeded: pending), toByteOffset: place, as: UInt8.self)
    place &+= 1
  }
  return place
}

/// Writes what is above them; returns the bytes.
private func writeQuotients(
  _ positions: Span<UInt32>, counts: Span<UInt32>, widths: Span<UInt32>, documentCount: Int,
  to output: UnsafeMutablePointer<UInt8>
) -> Int {
  let output = UnsafeMutableRawPointer(output)
  // The word under way, which begins at this byte, and the bit in it that comes next.
  var place = 0
  var word: UInt64 = 0
  var bit: UInt64 = 0
  var next = 0
  for document in 0..<documentCount {
    // Safe: `quotientBitCount` found that the counts add up to the positions, and counted the bits; positions that do not ascend,
    // which would have more, trap.
    let count = Int(unsafe counts[unchecked: document])
    guard count > 1 else {
      next &+= count
      continue
    }
    let end = next &+ count
    let width = unsafe widths[unchecked: document]
    var expected: UInt32 = 0
    while next < end {
      let position = unsafe positions[unchecked: next]
      bit &+= UInt64((position - expected) &>> width)
      expected = position &+ 1
      next &+= 1
      while bit >= 64 {
        unsafe output.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
        place &+= 8
        word = 0
        bit &-= 64
      }
      word |= 1 &<< bit
      bit &+= 1
    }
  }
  unsafe output.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
  return place &+ Int((bit &+ 7) >> 3)
}
