import Testing

@testable import BitKernels

@Suite("Kernels: neighbours")
struct PairTests {
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
}
