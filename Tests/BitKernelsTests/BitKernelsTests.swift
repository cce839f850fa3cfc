import Testing

@testable import BitKernels

/// A small random generator whose seed stands in the test's arguments (SplitMix64, Steele et al. 2014).
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

@Suite("Kernels")
struct BitKernelsTests {
  private func block(_ values: [UInt32]) -> IntegerBlock {
    var block = IntegerBlock.zeros
    for (index, value) in values.enumerated() { block[index] = value }
    return block
  }

  private func values(_ block: borrowing IntegerBlock, _ count: Int) -> [UInt32] {
    let span = block.span
    return (0..<count).map { span[$0] }
  }

  private func random(_ count: Int, width: Int, _ generator: inout Generator) -> [UInt32] {
    (0..<count).map { _ in UInt32(truncatingIfNeeded: UInt64.random(in: 0..<1 << UInt64(width), using: &generator)) }
  }

  @Test("128 integers packed over lanes take 16 bytes a bit and come back", arguments: 0...32)
  func vertical(width: Int) {
    var generator = Generator(state: UInt64(width))
    for offset in [0, 3] {
      let expected = random(128, width: width, &generator)
      var bytes = [UInt8](repeating: 7, count: offset)
      packVertically(block(expected).span, width: width, into: &bytes)
      #expect(bytes.count == offset + 16 * width)
      var unpacked = block(random(128, width: 32, &generator))
      unpackVertically(bytes.span, at: offset, width: width, into: &unpacked)
      #expect(values(unpacked, 128) == expected)
      // Value i lies in lane i mod 4, at bit (i / 4) · width of that lane's words: read one bit at a time.
      for index in [0, 1, 5, 64, 127] {
        var value: UInt32 = 0
        for bit in 0..<width {
          let place = index / 4 * width + bit
          let byte = offset + place / 32 * 16 + index % 4 * 4 + place % 32 / 8
          value |= UInt32(bytes[byte] >> UInt8(place % 8) & 1) << UInt32(bit)
        }
        #expect(value == expected[index])
      }
    }
  }

  @Test("Fewer integers packed side by side take their bits and come back", arguments: 0...32)
  func horizontal(width: Int) {
    var generator = Generator(state: UInt64(100 + width))
    for count in [1, 2, 7, 8, 31, 127, 128] {
      let expected = random(count, width: width, &generator)
      var bytes: [UInt8] = [9]
      packHorizontally(block(expected).span, count: count, width: width, into: &bytes)
      #expect(bytes.count == 1 + (count * width + 7) / 8)
      var unpacked = IntegerBlock.zeros
      unpackHorizontally(bytes.span, at: 1, count: count, width: width, into: &unpacked)
      #expect(values(unpacked, count) == expected)
    }
  }

  @Test("Gaps add up to documents, four at a time as one at a time", arguments: [1, 2, 3] as [UInt64])
  func gaps(seed: UInt64) {
    var generator = Generator(state: seed)
    for base in [UInt32.max, 0, 9, 1_000_000] {
      let gaps = random(128, width: 20, &generator)
      var expected: [UInt32] = []
      for gap in gaps { expected.append((expected.last ?? base) &+ 1 &+ gap) }
      var whole = block(gaps)
      sumGaps(&whole, base: base)
      #expect(values(whole, 128) == expected, "seed \(seed)")
      var part = block(gaps)
      sumGaps(&part, count: 77, base: base)
      #expect(values(part, 77) == Array(expected[..<77]), "seed \(seed)")
    }
  }

  @Test("The lower bound is the first value that reaches the target", arguments: [1, 2] as [UInt64])
  func search(seed: UInt64) {
    var generator = Generator(state: seed)
    for count in 0...128 {
      let sorted = random(count, width: 8, &generator).sorted()
      for start in [0, count / 2, count] {
        for target: UInt32 in [0, 1, 100, 128, 255, 256] {
          let expected = (start..<count).first { sorted[$0] >= target } ?? count
          let found = lowerBound(of: target, in: sorted.span, from: start)
          #expect(found == expected, "seed \(seed), count \(count)")
        }
      }
    }
  }

  @Test("A bitmap gives its documents, and says when they exceed a block")
  func bitmap() {
    var documents = IntegerBlock.zeros
    func decoded(_ bytes: [UInt8], base: UInt32) -> Int { decodeBitmap(bytes.span, base: base, into: &documents) }
    #expect(decoded([0b1000_0001, 0, 0b10], base: 40) == 3)
    #expect(values(documents, 3) == [40, 47, 57])
    #expect(decoded([UInt8](repeating: 255, count: 16), base: 0) == 128)
    #expect(decoded([UInt8](repeating: 255, count: 17), base: 0) == 129)
  }

  @Test("Equal bytes have equal hashes wherever they stand, and one changed byte is seen", arguments: 0...20)
  func hashing(count: Int) {
    var generator = Generator(state: UInt64(count))
    let term = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    func hash(_ bytes: [UInt8], at offset: Int = 0) -> UInt64 { termHash(bytes.span, at: offset, count: count) }
    func isTerm(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
      bytesEqual(term.span, at: 0, bytes.span, at: offset, count: count)
    }
    let shifted = [1, 2, 3] + term
    #expect(hash(term) == hash(shifted, at: 3))
    #expect(isTerm(shifted, at: 3))
    for index in 0..<count {
      var other = term
      other[index] ^= 1
      #expect(hash(other) != hash(term))
      #expect(!isTerm(other))
    }
  }
}
