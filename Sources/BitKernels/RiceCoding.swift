// Golomb-Rice coding of the gaps between the positions of a word in a document (Golomb 1966; Rice & Plaunt 1971).
//
// A gap is its low `width` bits, the remainder, and the rest of it, the quotient, as that many zero bits and a one. Remainders and
// quotients lie in two streams of bits, the lowest bit of a byte first. The width follows from how many words the document has and
// how often the word stands in it, so that it is written nowhere: if positions lie at random, that is within a twentieth of the
// fewest bits.

/// The bits of a remainder for a word that stands `count` times among `space` places; a word that stands once has no quotient.
///
///     riceWidth(space: 485, count: 1) → 9        riceWidth(space: 485, count: 25) → 4
@inlinable
package func riceWidth(space: UInt32, count: UInt32) -> Int {
  if count <= 1 { return 32 - (space &- 1).leadingZeroBitCount }
  return max(0, 31 - (space / count).leadingZeroBitCount)
}

/// Appends numbers of bits one after the other.
package struct BitWriter {
  /// The whole bytes so far.
  package private(set) var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var filled = 0

  /// A writer without bits.
  package init() {}

  /// Appends the low `width` bits of a value, at most 32.
  package mutating func append(_ value: UInt32, width: Int) {
    pending |= UInt64(value) << UInt64(filled)
    filled += width
    while filled >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      filled -= 8
    }
  }

  /// Appends so many zero bits and a one.
  package mutating func appendUnary(_ count: UInt32) {
    var left = count
    while left >= 32 {
      append(0, width: 32)
      left -= 32
    }
    append(1 << left, width: Int(left) + 1)
  }

  /// Fills the last byte with zero bits.
  package mutating func finish() {
    if filled > 0 { append(0, width: 8 - filled) }
  }

  /// Makes it a writer without bits.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    pending = 0
    filled = 0
  }
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
  for index in 0..<count {
    var zeros: UInt64 = 0
    var word = high >> 3 < bytes.count ? bytes.word(at: high >> 3) >> UInt64(high & 7) : 0
    while word == 0 {
      let skipped = 64 - high & 7
      zeros += UInt64(skipped)
      high += skipped
      guard high >> 3 < bytes.count else { return nil }
      word = bytes.word(at: high >> 3)
    }
    let run = word.trailingZeroBitCount
    zeros += UInt64(run)
    high += run + 1
    let gap = zeros << UInt64(width) | (bytes.word(at: low >> 3) >> UInt64(low & 7)) & mask
    low += width
    let position = expected &+ gap
    positions[index] = UInt32(truncatingIfNeeded: position)
    expected = position &+ 1
  }
  return (high, expected &- 1)
}
