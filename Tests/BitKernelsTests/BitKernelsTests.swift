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

/// The plain way to write numbers of bits one after the other.
private struct BitWriter {
  var bytes: [UInt8] = []
  private var filled = 0

  mutating func append(_ value: UInt32, width: Int) {
    for bit in 0..<width {
      if filled % 8 == 0 { bytes.append(0) }
      bytes[bytes.count - 1] |= UInt8(value >> UInt32(bit) & 1) << UInt8(filled % 8)
      filled += 1
    }
  }

  mutating func appendUnary(_ count: UInt32) {
    for _ in 0..<count { append(0, width: 1) }
    append(1, width: 1)
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

  private func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

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

  @Test("A block is scored as the formula says, and added where its documents are", arguments: [1, 2, 3] as [UInt64])
  func scoring(seed: UInt64) {
    var generator = Generator(state: seed)
    let documents = Array(Set(random(100, width: 12, &generator))).sorted()
    let occurrences = documents.map { _ in UInt32.random(in: 1...9, using: &generator) }
    let normalizations = (0..<4_096).map { _ in Double.random(in: 0.3...4, using: &generator) }
    let (weight, rounding) = (3.7, 1.5 * 8)
    let range = 3..<documents.count - 4
    var contributions = ContributionBlock(repeating: -1)
    scoreBlock(
      documents: documents.span, occurrences: occurrences.span, range: range, normalizations: normalizations, weight: weight,
      rounding: rounding, into: &contributions)
    var scores = [Double](repeating: 0, count: 4_096)
    var marks = [UInt64](repeating: 0, count: 64)
    addContributions(contributions.span, documents: documents.span, range: range, base: 0, into: &scores, &marks)
    var expected: [UInt32: Double] = [:]
    for index in range {
      let tf = Double(occurrences[index])
      let share = weight * tf / (tf + normalizations[Int(documents[index])])
      expected[documents[index]] = (share + rounding) - rounding
      #expect(contributions[index] == expected[documents[index]], "seed \(seed)")
    }
    for document in 0..<UInt32(4_096) { #expect(scores[Int(document)] == expected[document] ?? 0, "seed \(seed)") }
    var taken = [UInt32](repeating: 0, count: 4_200)
    var takenScores = [Double](repeating: 0, count: 4_200)
    let threshold = 1.5
    let count = takeAbove(
      threshold, windowScores: &scores, marks: &marks, wordCount: 64, base: 0, to: &taken, &takenScores, count: 0)
    #expect(Array(taken[..<count]) == expected.filter { $0.value > threshold }.keys.sorted(), "seed \(seed)")
    #expect(takenScores[..<count].allSatisfy { $0 > threshold })
    #expect(scores.allSatisfy { $0 == 0 } && marks.allSatisfy { $0 == 0 })
  }

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

  @Test("Neighbours are gathered by the first word and grouped by the second", arguments: [1, 2, 3] as [UInt64])
  func neighbors(seed: UInt64) {
    var generator = Generator(state: seed)
    let wordCount = 5
    let rows = (0..<60).map { _ in
      (0..<Int.random(in: 0...30, using: &generator)).map { _ in UInt16.random(in: 0...UInt16(wordCount), using: &generator) }
    }
    // Words 2 and 3 are first words, with a stretch each; the others share one place.
    let room = 1_000
    var steps = PlainBuffer(repeating: 0, count: wordCount + 1)
    var ends = PlainBuffer(repeating: 2 * room, count: wordCount + 1)
    for (stretch, word) in [2, 3].enumerated() {
      steps[word] = 1
      ends[word] = stretch * room
    }
    var documents = PlainBuffer<UInt32>(unwritten: 2 * room + 1)
    var places = PlainBuffer<UInt16>(unwritten: 2 * room + 1)
    var starts = PlainBuffer<UInt32>(repeating: 0, count: 8)
    var groupEnds = PlainBuffer<UInt32>(repeating: 0, count: 8)
    var grouped = PlainBuffer<UInt32>()
    var occurrences = PlainBuffer<UInt32>()
    var fieldCounts = PlainBuffer<UInt32>()
    for (index, row) in rows.enumerated() {
      // Every document has three rows, of three fields.
      let fits = gatherNeighbors(
        row.span, tag: UInt16(index % 3) << 3, document: UInt32(index / 3), steps: steps, ends: &ends, documents: &documents,
        neighbors: &places)
      #expect(fits)
    }
    for (stretch, first) in [2, 3].enumerated() {
      let range = stretch * room..<ends[first]
      groupNeighbors(
        documents: documents.span.extracting(range), neighbors: places.span.extracting(range), fieldCount: 2, starts: &starts,
        ends: &groupEnds, grouped: &grouped, occurrences: &occurrences, fieldCounts: &fieldCounts)
      for second in 1...wordCount {
        var expected: [[UInt32]] = []
        for document in 0..<20 {
          var counts: [UInt32] = [0, 0, 0]
          for field in 0..<3 {
            let row = rows[3 * document + field]
            for (left, right) in zip(row, row.dropFirst()) where left == first && right == second { counts[field] += 1 }
          }
          let sum = counts.reduce(0, +)
          if sum > 0 { expected.append([UInt32(document), sum, counts[0], counts[1]]) }
        }
        let found = (Int(starts[second - 1])..<Int(groupEnds[second - 1])).map {
          [grouped[$0], occurrences[$0], fieldCounts[2 * $0], fieldCounts[2 * $0 + 1]]
        }
        #expect(found == expected, "words \(first) and \(second), seed \(seed)")
      }
    }
    // A stretch that would reach past its memory is noticed.
    ends[2] = documents.count
    let full: [UInt16] = [2, 2]
    let fits = gatherNeighbors(
      full.span, tag: 0, document: 0, steps: steps, ends: &ends, documents: &documents, neighbors: &places)
    #expect(!fits)
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

  @Test("Starts are kept where a word follows", arguments: [1, 2, 3] as [UInt64])
  func phrases(seed: UInt64) {
    var generator = Generator(state: seed)
    let first = Array(Set(random(60, width: 8, &generator))).sorted()
    let second = Array(Set(random(60, width: 8, &generator))).sorted()
    for place: UInt32 in [0, 1, 5] {
      var starts = [7, 7] + first
      let end = intersectStarts(
        &starts, 2..<starts.count, with: second, count: second.count, place: place, movingTo: 1)
      #expect(Array(starts[1..<end]) == first.filter { second.contains($0 + place) }, "seed \(seed), place \(place)")
    }
  }

  @Test("Candidates are kept by threshold, mark and bitmap in their order", arguments: [1, 2, 3] as [UInt64])
  func candidates(seed: UInt64) {
    var generator = Generator(state: seed)
    let documents = Array(Set(random(90, width: 9, &generator))).sorted()
    let scores = documents.map { _ in Double.random(in: 0...1, using: &generator) }
    let bitmap = (0..<8).map { _ in UInt64.random(in: 0...UInt64.max, using: &generator) }
    func isPresent(_ document: UInt32) -> Bool { bitmap[Int(document / 64)] >> UInt64(document % 64) & 1 == 1 }

    var reaches = [Double](repeating: 0.1, count: documents.count)
    addWherePresent(documents, in: bitmap, 0.3, to: &reaches, count: documents.count)
    for (index, document) in documents.enumerated() { #expect(reaches[index] == (isPresent(document) ? 0.1 + 0.3 : 0.1)) }

    func kept(_ body: (inout [UInt32], inout [Double]) -> Int) -> [UInt32] {
      var (documents, scores) = (documents, scores)
      let count = body(&documents, &scores)
      return Array(documents[..<count])
    }
    let byScore = kept { keepAbove(0.5, documents: &$0, scores: &$1, count: documents.count) }
    #expect(byScore == zip(documents, scores).filter { $1 > 0.5 }.map(\.0))
    let byReach = kept { keepAbove(0.9, reaches: reaches, documents: &$0, scores: &$1, count: documents.count) }
    #expect(byReach == documents.indices.filter { scores[$0] + reaches[$0] > 0.9 }.map { documents[$0] })
    let marks = documents.map(isPresent)
    let byMark = kept { keepMarked(false, marks: marks, documents: &$0, scores: &$1, count: documents.count) }
    #expect(byMark == documents.filter { !isPresent($0) })
    var places = block(documents.indices.map(UInt32.init))
    let count = keepPresent(documents.span, in: bitmap.span, places: &places, count: documents.count)
    var gathered = IntegerBlock.zeros
    gather(documents.span, at: places, count: count, into: &gathered)
    #expect(values(gathered, count) == documents.filter(isPresent), "seed \(seed)")
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
