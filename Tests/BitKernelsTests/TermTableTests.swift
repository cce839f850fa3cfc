import Testing

@testable import BitKernels

@Suite("Kernels: term table")
struct TermTableTests {
  @Test("Terms get numbers as they first come, whatever their lengths", arguments: [1, 2, 3] as [UInt64])
  func numbers(seed: UInt64) {
    var generator = Generator(state: seed)
    var table = TermTable()
    var expected: [[UInt8]: UInt32] = [:]
    var words = PlainBuffer<UInt32>()
    for round in 0..<60 {
      // Few different bytes, zeros among them, so that terms are often alike or nearly so; many terms, so that the table grows.
      let terms = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        (0..<lengths.randomElement(using: &generator)!).map { _ in UInt8.random(in: 0...3, using: &generator) }
      }
      var offsets: [UInt32] = []
      var bytes: [UInt8] = []
      for term in terms {
        offsets.append(UInt32(bytes.count))
        bytes.append(contentsOf: term)
      }
      let counts = terms.map { UInt8($0.count) }
      table.words(of: bytes.span, offsets: offsets.span, lengths: counts.span, into: &words)
      for term in terms where expected[term] == nil { expected[term] = UInt32(expected.count + 1) }
      #expect((0..<words.count).map { words[$0] } == terms.map { expected[$0]! }, "round \(round), seed \(seed)")
    }
    #expect(table.count == expected.count)
    for (term, word) in expected {
      #expect(table.find(term.span, at: 0, count: term.count) == Int(word) - 1)
      #expect(Array(table.termBytes[table.range(Int(word) - 1)]) == term)
    }
    let sorted = table.sortedNumbers().map { Array(table.termBytes[table.range(Int($0))]) }
    #expect(sorted == expected.keys.sorted { $0.lexicographicallyPrecedes($1) })
    let unknown: [UInt8] = [9, 9]
    #expect(table.find(unknown.span, at: 0, count: 2) == nil)
    #expect(table.number(of: unknown.span, at: 0, count: 2) == expected.count)
  }

  private let lengths = [1, 2, 3, 5, 7, 8, 9, 12, 14, 15, 16, 17, 24, 40, 255]
}
