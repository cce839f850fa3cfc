import Testing

@testable import BitKernels

@Suite("Kernels: coded positions")
struct PositionTests {
  @Test("Positions come back from two streams of bits, in any order of documents", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func rice(seed: UInt64) {
    var generator = Generator(state: seed)
    var remainders = BitWriter()
    var quotients = BitWriter()
    var documents: [(positions: [UInt32], width: Int, remainder: Int, ones: Int)] = []
    var spaces: [UInt32] = []
    var (bits, ones) = (0, 0)
    for _ in 0..<100 {
      let space = UInt32.random(in: 3...1 << UInt32.random(in: 2...20, using: &generator), using: &generator)
      spaces.append(space)
      let count = min(space, UInt32.random(in: 1...[1, 2, 9, 300].randomElement(using: &generator)!, using: &generator))
      // Now spread over the document, now in one corner of it.
      let corner = Bool.random(using: &generator) ? space : min(space, 2 * count)
      var places = Set<UInt32>()
      while places.count < Int(count) { places.insert(space - 1 - UInt32.random(in: 0..<corner, using: &generator)) }
      let positions = places.sorted()
      let width = riceWidth(space: space, count: count)
      documents.append((positions, width, bits, ones))
      var expected: UInt32 = 0
      for position in positions {
        remainders.append((position - expected) & ((1 << UInt32(width)) - 1), width: width)
        if count > 1 { quotients.appendUnary((position - expected) >> UInt32(width)) }
        expected = position + 1
      }
      bits += width * Int(count)
      ones += count > 1 ? Int(count) : 0
    }
    let coded = remainders.bytes + quotients.bytes
    #expect(remainders.bytes.count == (bits + 7) / 8)
    let positions: [UInt32] = documents.flatMap { $0.positions }
    let counts = documents.map { UInt32($0.positions.count) }
    let numbers = (0..<100).map { UInt32(2 * $0) }
    let lengths: [UInt32] = spaces.flatMap { space in [space - 3, 0] }
    var writer = RiceWriter()
    // Twice, because a writer starts again with each block.
    for _ in 0..<2 {
      writer.write(positions.span, counts: counts.span, documents: numbers.span, lengths: lengths, fieldGaps: 3)
      #expect(bytes(writer.remainders) == remainders.bytes, "seed \(seed)")
      #expect(bytes(writer.quotients) == quotients.bytes, "seed \(seed)")
    }
    #expect(quotients.bytes.count <= (3 * ones + 7) / 8, "seed \(seed)")
    var read = [UInt32](repeating: 0, count: 300)
    for document in documents.shuffled(using: &generator) {
      let count = document.positions.count
      let start = skipOnes(document.ones, from: remainders.bytes.count * 8, in: coded.span)
      let last = readRice(
        coded.span, count: count, width: document.width, remainder: document.remainder, quotient: count > 1 ? start : nil,
        into: &read
      )?.last
      #expect(last == document.positions.last.map(UInt64.init), "seed \(seed)")
      #expect(Array(read[..<count]) == document.positions, "seed \(seed)")
    }
    // Bytes that end too early are noticed.
    let cut = Array(coded[..<(coded.count / 2)])
    #expect(skipOnes(8 * cut.count + 1, from: 0, in: cut.span) == nil)
    let past = readRice(cut.span, count: 1, width: 9, remainder: cut.count * 8 - 8, quotient: nil, into: &read)
    #expect(past == nil)
  }

  @Test("A word is marked where it stands in some documents of a block", arguments: [1, 2, 3] as [UInt64])
  func marks(seed: UInt64) {
    var generator = Generator(state: seed)
    let lengths = (0..<200).map { _ in UInt32.random(in: 1...300, using: &generator) }
    let numbers = Array(Set(random(120, width: 7, &generator))).sorted()
    var positions: [[UInt32]] = []
    for number in numbers {
      var places: [UInt32] = [0]
      for place in 1..<max(2, lengths[Int(number)]) where lengths[Int(number)] > 1 {
        if UInt32.random(in: 0...9, using: &generator) == 0 { places.append(place) }
      }
      positions.append(places)
    }
    let flat: [UInt32] = positions.flatMap { $0 }
    let counts = positions.map { UInt32($0.count) }
    var writer = RiceWriter()
    writer.write(flat.span, counts: counts.span, documents: numbers.span, lengths: lengths, fieldGaps: 0)
    let low = bytes(writer.remainders)
    let coded = low + bytes(writer.quotients)
    let documents = block(numbers)
    let occurrences = block(counts)
    var widths = FixedBuffer<128, UInt32>(repeating: 0)
    var remainderEnds = FixedBuffer<128, Int>(repeating: 0)
    var quotientEnds = FixedBuffer<128, Int>(repeating: 0)
    let isSound = layOutRice(
      documents: numbers.span, occurrences: counts.span, lengths: lengths, fieldGaps: 0, widths: &widths,
      remainderEnds: &remainderEnds, quotientEnds: &quotientEnds)
    #expect(isSound)
    var quotient: Int? = 8 * low.count
    for range in [0..<1, 1..<numbers.count / 2, numbers.count / 2..<numbers.count] {
      var rows = RowPlaces()
      rows.firstDocument = numbers[range.lowerBound]
      var end = 0
      for document in Int(rows.firstDocument)...Int(numbers[range.upperBound - 1]) {
        rows.starts.append(end)
        end += Int(lengths[document])
      }
      rows.starts.append(end)
      var cells = PlainBuffer<UInt16>(repeating: 0, count: end)
      var expected = [UInt16](repeating: 0, count: end)
      for index in range {
        for position in positions[index] { expected[rows.starts[Int(numbers[index] - rows.firstDocument)] + Int(position)] = 7 }
      }
      let start = quotient ?? 0
      quotient = markRice(
        coded.span, range, documents: documents, occurrences: occurrences, widths: widths, remainderEnds: remainderEnds,
        quotient: start, mark: 7, in: rows, into: &cells)
      #expect(quotient != nil)
      #expect((0..<end).map { cells[$0] } == expected, "seed \(seed)")
      // Bytes that end too early are noticed; the only document of the first range may have no quotient.
      if range.count == 1 { continue }
      let cut = Array(coded[..<(start / 8)])
      let past = markRice(
        cut.span, range, documents: documents, occurrences: occurrences, widths: widths, remainderEnds: remainderEnds,
        quotient: 8 * cut.count, mark: 7, in: rows, into: &cells)
      #expect(past == nil)
    }
  }
}
