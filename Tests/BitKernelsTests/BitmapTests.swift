import Testing

@testable import BitKernels

@Suite("Kernels: bitmaps")
struct BitmapTests {
  @Test("A bitmap gives its documents, and says when they exceed a block")
  func bitmapList() {
    var documents = IntegerBlock.zeros
    func listed(_ bytes: [UInt8], base: UInt32) -> Int {
      let after: [UInt8] = [0, 0] + bytes + [255, 255]
      return listBitmap(after.span, at: 2, bitCount: 8 * bytes.count, base: base, into: &documents)
    }
    #expect(listed([0b1000_0001, 0, 0b10], base: 40) == 3)
    #expect(values(documents, 3) == [40, 47, 57])
    #expect(listed([UInt8](repeating: 255, count: 16), base: 0) == 128)
    #expect(listed([UInt8](repeating: 255, count: 17), base: 0) == 129)
  }

  @Test("Bits of a bitmap are found, counted and moved as one by one", arguments: [1, 2, 3, 4] as [UInt64])
  func bitmapBits(seed: UInt64) {
    var generator = Generator(state: seed)
    let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) & UInt8.random(in: 0...255, using: &generator) }
    let offset = 3
    let bitCount = 8 * Int.random(in: 1...30, using: &generator) - Int.random(in: 0...7, using: &generator)
    let bits = (0..<bitCount).map { bytes[offset + $0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    for bit in 0..<bitCount {
      let contains = bitmapContains(bit, in: bytes.span, at: offset)
      let rank = bitmapRank(of: bit, in: bytes.span, at: offset)
      #expect(contains == bits[bit])
      #expect(rank == bits[..<bit].count { $0 }, "seed \(seed), bit \(bit)")
    }
    for shift in [-130, -64, -1, 0, 1, 63, 64, 200, 400] {
      var words = [UInt64](repeating: 0, count: 5)
      var output = words.mutableSpan
      insertBitmap(bytes.span, at: offset, bitCount: bitCount, shiftedBy: shift, into: &output)
      for place in 0..<320 {
        let source = place - shift
        let expected = source >= 0 && source < bitCount && bits[source]
        #expect(words[place / 64] >> UInt64(place % 64) & 1 == (expected ? 1 : 0), "seed \(seed), shift \(shift)")
      }
      let count = countBits(words.span)
      #expect(count == words.reduce(0) { $0 + $1.nonzeroBitCount })
    }
  }
}
