import Testing

@testable import BitKernels

@Suite("Kernels: packed integers")
struct PackingTests {
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

  @Test("One integer is unpacked as all of them are", arguments: 1...32)
  func unpackOne(width: Int) {
    var generator = Generator(state: UInt64(200 + width))
    let expected = random(128, width: width, &generator)
    var vertical: [UInt8] = [1, 2, 3]
    packVertically(block(expected).span, width: width, into: &vertical)
    var horizontal: [UInt8] = [9]
    packHorizontally(block(expected).span, count: 77, width: width, into: &horizontal)
    for index in 0..<128 {
      let value = unpackOneVertically(vertical.span, at: 3, width: width, index: index)
      #expect(value == expected[index])
      guard index < 77 else { continue }
      let sideBySide = unpackOneHorizontally(horizontal.span, at: 1, width: width, index: index)
      #expect(sideBySide == expected[index])
    }
  }

  @Test("Gaps, widths, high bits and bitmaps are those of their definitions", arguments: [1, 2, 3] as [UInt64])
  func blocks(seed: UInt64) {
    var generator = Generator(state: seed)
    for count in [1, 2, 31, 127, 128] {
      let documents = Array(Set(random(4 * count, width: 10, &generator)).sorted().prefix(count))
      let base = documents[0] - min(documents[0], UInt32.random(in: 0...3, using: &generator))
      var gaps = IntegerBlock.zeros
      takeGaps(block(documents), count: documents.count, base: base, into: &gaps)
      var expected: [UInt32] = []
      for (index, document) in documents.enumerated() {
        expected.append(index == 0 ? document - base : document - documents[index - 1] - 1)
      }
      #expect(values(gaps, documents.count) == expected)

      var bitmap: [UInt8] = [7]
      appendBitmap(documents.span, base: base, to: &bitmap)
      var bits = [UInt8](repeating: 0, count: Int(documents.last! - base) / 8 + 1)
      for document in documents { bits[Int(document - base) / 8] |= 1 << UInt8((document - base) % 8) }
      #expect(bitmap == [7] + bits)

      let numbers = random(count, width: 32, &generator).map { $0 >> ($0 & 31) }
      for width in 0..<32 {
        let wide = numbers.indices.filter { numbers[$0] >> UInt32(width) != 0 }
        #expect(countWider(than: width, block(numbers).span, count: count) == wide.count)
        var low = block(numbers)
        var indexes = [UInt8](repeating: 0, count: 128)
        var highs = [UInt32](repeating: 0, count: 128)
        var indexSpan = indexes.mutableSpan
        var highSpan = highs.mutableSpan
        let found = takeHighBits(above: width, of: &low, count: count, indexes: &indexSpan, highs: &highSpan)
        #expect(indexes[..<found].map(Int.init) == wide)
        #expect(highs[..<found].elementsEqual(wide.map { numbers[$0] >> UInt32(width) }))
        #expect(values(low, count) == numbers.map { $0 & ((1 << UInt32(width)) - 1) })
      }
      #expect(countWider(than: 32, block(numbers).span, count: count) == 0)
      let counts = countWidths(block(numbers).span, count: count)
      for width in 0...32 {
        let expected = numbers.count { $0.leadingZeroBitCount == 32 - width }
        #expect(Int(counts[width]) == expected)
      }
    }
  }
}
