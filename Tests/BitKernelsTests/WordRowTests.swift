import Testing

@testable import BitKernels

@Suite("Kernels: rows of words")
struct WordRowTests {
  @Test("Rows are inverted to the documents and places of each word that is wanted", arguments: [1, 2, 3] as [UInt64])
  func inversion(seed: UInt64) {
    var generator = Generator(state: seed)
    // Words of one unit and of two, and those at the border.
    let words: [UInt32] = [0, 1, 2, 3, 0xF7FF, 0xF800, 0xF801, 0xFFFF, 0x1_0000, 0x1_2345]
    let documents = (0..<40).map { _ in
      (0..<Int.random(in: 0...30, using: &generator)).map { _ in words.randomElement(using: &generator)! }
    }
    let rows = documents.map { document in
      var row = PlainBuffer<UInt16>()
      appendWords(document.span, to: &row)
      return (0..<row.count).map { row[$0] }
    }
    var counts = PlainBuffer<UInt32>(repeating: 0, count: 0x1_2346)
    for row in rows { countWords(row.span, into: &counts) }
    for word in words { #expect(Int(counts[Int(word)]) == documents.joined().count { $0 == word }, "word \(word), seed \(seed)") }

    check(documents, rows, wanted: [2, 0xF800, 0x1_2345], counts, of: UInt32.self, seed)
    check(documents, rows, wanted: [0, 1, 0xF7FF], counts, of: UInt64.self, seed)
  }

  private func check<Cell: FixedWidthInteger & BitwiseCopyable>(
    _ documents: [[UInt32]], _ rows: [[UInt16]], wanted: [UInt32], _ counts: borrowing PlainBuffer<UInt32>, of: Cell.Type,
    _ seed: UInt64
  ) {
    let total = wanted.reduce(0) { $0 + Int(counts[Int($1)]) }
    var next = PlainBuffer(repeating: UInt32(total), count: counts.count)
    var start: UInt32 = 0
    for word in wanted {
      next[Int(word)] = start
      start += counts[Int(word)]
    }
    var cells = PlainBuffer<Cell>(unwritten: total + 1)
    for (document, row) in rows.enumerated() {
      invertWords(row.span, document: Cell(document) << 5, next: &next, cells: &cells)
    }
    var found = PlainBuffer<UInt32>()
    var occurrences = PlainBuffer<UInt32>()
    var places = PlainBuffer<UInt32>()
    var first = 0
    for word in wanted {
      let range = first..<first + Int(counts[Int(word)])
      first = range.upperBound
      splitOccurrences(
        cells.span.extracting(range), placeBits: 5, documents: &found, occurrences: &occurrences, places: &places)
      let holders = documents.indices.filter { documents[$0].contains(word) }
      #expect((0..<found.count).map { Int(found[$0]) } == holders, "word \(word), seed \(seed)")
      #expect(
        (0..<occurrences.count).map { Int(occurrences[$0]) } == holders.map { documents[$0].count { $0 == word } },
        "word \(word), seed \(seed)")
      #expect(
        (0..<places.count).map { Int(places[$0]) } == documents.flatMap { row in row.indices.filter { row[$0] == word } },
        "word \(word), seed \(seed)")
    }
  }
}
