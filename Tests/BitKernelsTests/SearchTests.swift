import Testing

@testable import BitKernels

@Suite("Kernels: searching and hashing")
struct SearchTests {
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
