import Testing

@testable import BitKernels

@Suite("Kernels: searching, sorting and hashing")
struct SearchAndSortTests {
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

  @Test("Keys are sorted by their upper half and keep their order where it agrees", arguments: [1, 2, 3] as [UInt64])
  func radixSort(seed: UInt64) {
    var generator = Generator(state: seed)
    var scratch = PlainBuffer<UInt64>()
    for (count, bits) in [(0, 5), (1, 0), (20, 3), (24, 32), (25, 4), (700, 17), (700, 32), (5_000, 9), (5_000, 17), (5_000, 32)]
    {
      let upper = random(count, width: bits, &generator)
      let values = upper.enumerated().map { UInt64($1) << 32 | UInt64($0) }
      var keys = PlainBuffer<UInt64>()
      for value in values { keys.append(value) }
      for _ in 0..<2 {
        sortByUpperHalf(&keys, bits: bits, scratch: &scratch)
        // The lower halves ascend at first, so that the order of all is the order wanted.
        #expect((0..<keys.count).map { keys[$0] } == values.sorted(), "\(count) keys of \(bits) bits, seed \(seed)")
      }
    }
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
