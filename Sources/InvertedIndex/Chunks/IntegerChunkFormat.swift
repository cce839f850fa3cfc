import BitKernels
import IndexStorage

// Chunk      ::= header:u8 packed exceptions?
// header     ::= width in bits 0-5 (0...32), bit 6: exceptions follow, bit 7: 0
// packed     ::= the low `width` bits of every value: vertically for 128 values, side by side for fewer
// exceptions ::= count:u8 highWidth:u8 index:u8 × count  high bits of those values, side by side at highWidth
//
// A chunk holds 1 to 128 integers; how many is known to whoever reads it. A few large values among small ones become exceptions
// ("patched frame of reference", Zukowski et al. 2006). Every chunk's length follows from its first few bytes, so chunks are
// skipped without being decoded.
//
// Example: the values 1 2 3 2 1 3 0 1 2 300 3 1 → 42 B9 4D 72 01 07 09 4B
//          header: width 2 with exceptions; twelve times two bits; one exception of seven bits, at index 9: 300 >> 2 = 75
//          — checked by IntegerChunkTests.workedExample

/// The coding of up to 128 integers in as few bytes as their widths allow.
enum IntegerChunkFormat {
  static let widthMask: UInt8 = 0x3F
  static let exceptionsFlag: UInt8 = 0x40
  /// The largest number of exceptions in a chunk; more would rarely be smaller and always be slower.
  static let maximumExceptions = 32
  /// The most bytes a chunk can take: 128 values of 32 bits and all exceptions, however it was written.
  static let maximumByteCount = 1 + 4 * 128 + 2 + 128 + 4 * 128

  /// The width at which the values take the fewest bytes, and how many of them are then exceptions of which width.
  ///
  /// A plain chunk decodes faster, so exceptions must save at least an eighth.
  struct Plan {
    var width: Int
    var exceptionCount: Int
    var highWidth: Int

    init(_ values: Span<UInt32>, count: Int) {
      let largest = bitWidth(values, count: count)
      width = largest
      exceptionCount = 0
      highWidth = 0
      let plain = horizontalByteCount(count: count, width: largest)
      var best = plain - plain / 8
      var candidate = largest
      // Of a full block those above are counted anew for each width that is tried, which are few: a histogram waits for its own
      // last store where neighbours are alike. Of a short one, nearly all widths are tried.
      let isFull = count == IntegerBlock.size
      let counts = isFull ? InlineArray(repeating: 0) : countWidths(values, count: count)
      var exceptions = 0
      while candidate > 0 {
        exceptions = isFull ? countWider(than: candidate - 1, values, count: count) : exceptions + Int(counts[candidate])
        candidate -= 1
        if exceptions > maximumExceptions { break }
        // At every smaller width these are exceptions as well; each bit less of width is one more of theirs.
        if exceptions * (8 + largest) + 16 >= best * 8 { break }
        let high = largest - candidate
        let size =
          horizontalByteCount(count: count, width: candidate) + 2 + exceptions
          + horizontalByteCount(count: exceptions, width: high)
        if size < best {
          best = size
          width = candidate
          exceptionCount = exceptions
          highWidth = high
        }
      }
    }
  }
}
