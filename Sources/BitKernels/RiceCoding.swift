// Golomb-Rice coding of the gaps between the positions of a word in a document (Golomb 1966; Rice & Plaunt 1971).
//
// A gap is its low `width` bits, the remainder, and the rest of it, the quotient, as that many zero bits and a one. Remainders and
// quotients lie in two streams of bits, the lowest bit of a byte first. The width follows from how many words the document has and
// how often the word stands in it, so that it is written nowhere: if positions lie at random, that is within a twentieth of the
// fewest bits.

/// The bits of a remainder for a word that stands `count` times among `space` places, both below 2^30; a word that stands once has
/// no quotient.
///
///     riceWidth(space: 485, count: 1) → 9        riceWidth(space: 485, count: 25) → 4
///
/// Otherwise the binary logarithm of `space / count`, rounded down: read off the exponent of a quotient of floating point numbers,
/// which IEEE 754 makes the same everywhere, because a block has 128 of them to find.
@inlinable
package func riceWidth(space: UInt32, count: UInt32) -> Int {
  // The exponent of 2 (space - 1) is the number of bits of the last place.
  let dividend = count == 1 ? 2 &* (space &- 1) : space
  let ratio = Float(Int32(truncatingIfNeeded: dividend)) / Float(Int32(truncatingIfNeeded: count))
  return max(0, Int(ratio.bitPattern >> 23 & 0xFF) &- 127)
}

/// The place after so many one bits from a bit on, or nil where the bytes end before.
///
/// Complexity: O(bits / 64).
package func skipOnes(_ count: Int, from start: Int, in bytes: Span<UInt8>) -> Int? {
  var left = count
  var bit = start
  while left > 0 {
    let byte = bit >> 3
    guard byte < bytes.count else { return nil }
    var word = bytes.word(at: byte) >> UInt64(bit & 7)
    let ones = word.nonzeroBitCount
    if ones < left {
      left -= ones
      bit = (byte << 3) + 64
      continue
    }
    for _ in 1..<left { word &= word &- 1 }
    return bit + word.trailingZeroBitCount + 1
  }
  return bit
}

/// Reads the positions of a document: `count` gaps, whose remainders of `width` bits begin at bit `remainder` and whose quotients
/// at bit `quotient` of the bytes; without quotients where that is nil. Writes them to the front of `positions`, which must have
/// room, and returns the place after the last quotient, and the last position; nil where the bytes end before.
///
/// Complexity: O(count).
package func readRice(
  _ bytes: Span<UInt8>, count: Int, width: Int, remainder: Int, quotient: Int?, into positions: inout [UInt32]
) -> (quotient: Int, last: UInt64)? {
  precondition(count >= 1 && count <= positions.count && (0...32).contains(width), "positions reach past their room")
  guard remainder >= 0, remainder + count * width <= bytes.count * 8 else { return nil }
  let mask: UInt64 = (1 << UInt64(width)) - 1
  var positions = positions.mutableSpan
  var low = remainder
  guard var high = quotient else {
    let value = (bytes.word(at: low >> 3) >> UInt64(low & 7)) & mask
    positions[0] = UInt32(truncatingIfNeeded: value)
    return (0, value)
  }
  var expected: UInt64 = 0
  // The bits of quotients at hand, and how many of them are.
  var word: UInt64 = 0
  var held = 0
  for index in 0..<count {
    var zeros: UInt64 = 0
    while word == 0 {
      zeros &+= UInt64(held)
      high &+= held
      guard high >> 3 < bytes.count else { return nil }
      word = bytes.word(at: high >> 3) &>> UInt64(high & 7)
      held = 64 &- high & 7
    }
    let run = word.trailingZeroBitCount
    zeros &+= UInt64(run)
    high &+= run &+ 1
    held &-= run &+ 1
    word = (word &>> UInt64(run)) &>> 1
    let gap = zeros << UInt64(width) | (bytes.word(at: low >> 3) &>> UInt64(low & 7)) & mask
    low &+= width
    let position = expected &+ gap
    // Safe: `count` places were checked above.
    unsafe positions[unchecked: index] = UInt32(truncatingIfNeeded: position)
    expected = position &+ 1
  }
  return (high, expected &- 1)
}

/// Where the rows of a run of documents are, one after the other.
@usableFromInline
package struct RowPlaces: ~Copyable {
  /// The first document.
  package var firstDocument: UInt32 = 0
  /// Where the row of each document begins; one more at the end.
  package var starts = PlainBuffer<Int>()

  /// No rows.
  package init() {}
}

/// Writes a mark at each position of some documents of a block, in the row of each; returns the place after the last quotient, or
/// nil where the bytes end before or a row does.
///
/// - Parameters:
///   - range: which documents of the block; they must have rows.
///   - widths, remainderEnds: what ``layOutRice(documents:occurrences:lengths:fieldGaps:widths:remainderEnds:quotientEnds:)`` found.
///   - quotient: the bit at which the quotients of the first of them begin.
///
/// Complexity: O(positions).
package func markRice(
  _ bytes: Span<UInt8>, _ range: Range<Int>, documents: borrowing IntegerBlock, occurrences: borrowing IntegerBlock,
  widths: borrowing FixedBuffer<128, UInt32>, remainderEnds: borrowing FixedBuffer<128, Int>, quotient: Int, mark: UInt16,
  in rows: borrowing RowPlaces, into cells: inout PlainBuffer<UInt16>
) -> Int? {
  let (documents, occurrences, widths) = (documents.span, occurrences.span, widths.span)
  let (remainderEnds, starts) = (remainderEnds.span, rows.starts.span)
  let firstDocument = rows.firstDocument
  var cells = cells.mutableSpan
  guard let last = range.last else { return quotient }
  precondition(
    range.lowerBound >= 0 && last < documents.count && documents[range.lowerBound] >= firstDocument, "a document has no row")
  guard remainderEnds[last] <= bytes.count * 8 else { return nil }
  var high = quotient
  // The bits of quotients at hand, and how many of them are.
  var word: UInt64 = 0
  var held = 0
  var low = range.lowerBound == 0 ? 0 : remainderEnds[range.lowerBound - 1]
  for document in range {
    let row = Int(documents[document] &- firstDocument)
    let start = starts[row]
    let room = starts[row + 1] - start
    precondition(start >= 0 && start + room <= cells.count, "a row lies outside the cells")
    let count = Int(occurrences[document])
    let width = UInt64(widths[document])
    let mask: UInt64 = (1 &<< width) &- 1
    if count == 1 {
      let position = Int(truncatingIfNeeded: (bytes.word(at: low >> 3) &>> UInt64(low & 7)) & mask)
      guard position < room else { return nil }
      // Safe: inside the row, which is inside the cells.
      unsafe cells[unchecked: start &+ position] = mark
      low &+= Int(width)
      continue
    }
    var expected = 0
    for _ in 0..<count {
      var zeros = 0
      while word == 0 {
        zeros &+= held
        high &+= held
        guard high >> 3 < bytes.count else { return nil }
        word = bytes.word(at: high >> 3) &>> UInt64(high & 7)
        held = 64 &- high & 7
      }
      let run = word.trailingZeroBitCount
      zeros &+= run
      high &+= run &+ 1
      held &-= run &+ 1
      word = (word &>> UInt64(run)) &>> 1
      let rest = Int(truncatingIfNeeded: (bytes.word(at: low >> 3) &>> UInt64(low & 7)) & mask)
      low &+= Int(width)
      let position = expected &+ (zeros &<< Int(width) | rest)
      // Zeros are fewer than the bits of the file, and widths below 32; a position never gets past the row before this.
      guard position < room, position >= 0 else { return nil }
      unsafe cells[unchecked: start &+ position] = mark
      expected = position &+ 1
    }
  }
  return high
}

/// Finds where the remainders and quotients of each document of a block end: bits of remainders, and numbers of quotients, of the
/// document and those before it; and the width of its remainders. Returns false where a document has more positions than places.
///
/// - Parameters:
///   - lengths: the words of every document; the documents ascend, and the last must have one.
///   - fieldGaps: the positions left out between fields.
///
/// Complexity: O(documents).
package func layOutRice(
  documents: Span<UInt32>, occurrences: Span<UInt32>, lengths: [UInt32], fieldGaps: UInt32,
  widths: inout FixedBuffer<128, UInt32>, remainderEnds: inout FixedBuffer<128, Int>,
  quotientEnds: inout FixedBuffer<128, Int>
) -> Bool {
  guard documents.count > 0 else { return true }
  precondition(
    documents.count <= min(occurrences.count, 128) && Int(documents[documents.count - 1]) < lengths.count,
    "a block reaches past its documents")
  let isSound = findRiceWidths(
    documents: documents, occurrences: occurrences, lengths: lengths, fieldGaps: fieldGaps, widths: &widths)
  let widths = widths.span
  var remainderEnds = remainderEnds.mutableSpan
  var quotientEnds = quotientEnds.mutableSpan
  var bits = 0
  var quotients = 0
  for index in documents.indices {
    // Safe: there are at most 128 documents.
    let count = unsafe Int(occurrences[unchecked: index])
    bits &+= unsafe Int(widths[unchecked: index]) &* count
    quotients &+= count > 1 ? count : 0
    unsafe remainderEnds[unchecked: index] = bits
    unsafe quotientEnds[unchecked: index] = quotients
  }
  return isSound
}

/// The ``riceWidth(space:count:)`` of each document; false where one has more positions than places, or none.
func findRiceWidths(
  documents: Span<UInt32>, occurrences: Span<UInt32>, lengths: [UInt32], fieldGaps: UInt32,
  widths: inout FixedBuffer<128, UInt32>
) -> Bool {
  let lengths = lengths.span
  var widths = widths.mutableSpan
  var isSound = true
  let fours = documents.count & ~3
  // The sign of a lane tells of a document that has too many positions, or none.
  var unsound = SIMD4<UInt32>.zero
  for index in stride(from: 0, to: fours, by: 4) {
    // Safe: documents ascend, and the last has a length. Lane by lane written out: a loop would go through memory.
    let counts = unsafe SIMD4(
      occurrences[unchecked: index], occurrences[unchecked: index &+ 1], occurrences[unchecked: index &+ 2],
      occurrences[unchecked: index &+ 3])
    let spaces =
      unsafe SIMD4(
        lengths[unchecked: Int(documents[unchecked: index])], lengths[unchecked: Int(documents[unchecked: index &+ 1])],
        lengths[unchecked: Int(documents[unchecked: index &+ 2])], lengths[unchecked: Int(documents[unchecked: index &+ 3])])
      &+ fieldGaps
    unsound |= (counts &- 1) | (spaces &- counts)
    let found = riceWidths(spaces: spaces, counts: counts)
    unsafe widths[unchecked: index] = found[0]
    unsafe widths[unchecked: index &+ 1] = found[1]
    unsafe widths[unchecked: index &+ 2] = found[2]
    unsafe widths[unchecked: index &+ 3] = found[3]
  }
  for index in fours..<documents.count {
    let count = occurrences[index]
    let space = lengths[Int(documents[index])] &+ fieldGaps
    isSound = isSound && count >= 1 && count <= space
    widths[index] = UInt32(riceWidth(space: space, count: count))
  }
  return isSound && (unsound & 0x8000_0000) == .zero
}

/// ``riceWidth(space:count:)`` four times.
@inline(__always)
private func riceWidths(spaces: SIMD4<UInt32>, counts: SIMD4<UInt32>) -> SIMD4<UInt32> {
  // Where a word stands once all bits are set, elsewhere none.
  let others = counts ^ 1
  let isSole = ((others | (0 &- others)) &>> 31) &- 1
  let dividends = spaces &+ ((spaces &- 2) & isSole)
  guard ((dividends | counts) & 0xFF80_0000) == .zero else {
    var widths = SIMD4<UInt32>.zero
    for lane in 0..<4 { widths[lane] = UInt32(riceWidth(space: spaces[lane], count: counts[lane])) }
    return widths
  }
  // Below 2^23 a number is the fraction of 2^23 + number, which spares the conversion that has no vector form in the compiler.
  let magic: UInt32 = 0x4B00_0000
  let dividend = unsafe unsafeBitCast(dividends | magic, to: SIMD4<Float>.self) - 0x1p23
  let divisor = unsafe unsafeBitCast(counts | magic, to: SIMD4<Float>.self) - 0x1p23
  let ratios = unsafe unsafeBitCast(dividend / divisor, to: SIMD4<Int32>.self)
  let exponents = (ratios &>> 23) &- 127
  return SIMD4<UInt32>(truncatingIfNeeded: exponents & ~(exponents &>> 31))
}
