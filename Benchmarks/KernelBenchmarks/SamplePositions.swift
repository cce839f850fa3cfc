import BitKernels
import IndexStorage

/// Positions of a word in documents of one length, coded as a block of a positions file is: first all remainders, then all
/// quotients.
struct SamplePositions {
  /// The documents that are coded.
  static let documentCount = 128

  /// The positions in each document.
  let count: Int
  /// The bits of a remainder.
  let width: Int
  let bytes: [UInt8]
  /// The bit at which the quotients of each document begin.
  let quotients: [Int]

  /// `count` positions, at least two, of `space` in each document.
  init(count: Int, of space: UInt32) {
    self.count = count
    width = riceWidth(space: space, count: UInt32(count))
    var generator = SeededGenerator(seed: 6)
    var positions: [UInt32] = []
    var starts: [Int] = []
    var bit = 0
    for _ in 0..<SamplePositions.documentCount {
      starts.append(bit)
      var expected: UInt32 = 0
      for position in SamplePositions.draw(count, of: space, &generator) {
        positions.append(position)
        bit += Int((position - expected) >> UInt32(width)) + 1
        expected = position + 1
      }
    }
    let counts = [UInt32](repeating: UInt32(count), count: SamplePositions.documentCount)
    let documents = Array(0..<UInt32(SamplePositions.documentCount))
    let lengths = [UInt32](repeating: space, count: SamplePositions.documentCount)
    var writer = RiceWriter()
    writer.write(positions.span, counts: counts.span, documents: documents.span, lengths: lengths, fieldGaps: 0)
    let remainders = Array(copying: writer.remainders)
    bytes = remainders + Array(copying: writer.quotients)
    let first = 8 * remainders.count
    quotients = starts.map { first + $0 }
  }

  /// Different positions, ascending.
  static func draw(_ count: Int, of space: UInt32, _ generator: inout SeededGenerator) -> [UInt32] {
    var positions: Set<UInt32> = []
    while positions.count < count { positions.insert(UInt32.random(in: 0..<space, using: &generator)) }
    return positions.sorted()
  }
}
