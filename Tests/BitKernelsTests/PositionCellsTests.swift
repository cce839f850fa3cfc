import Testing

@testable import BitKernels

@Suite("Kernels: positions by document")
struct PositionCellsTests {
  /// Ascending positions of a document: few or many, near the start or past what 16 bits hold.
  private func randomPositions(_ generator: inout Generator) -> [UInt32] {
    let count = [1, 1, 2, 3, 4, 5, 40, 300].randomElement(using: &generator)!
    let spaces: [UInt32] = count < 5 ? [5, 400, 65_534] : [400, 65_536, 1 << 25]
    let space = spaces.randomElement(using: &generator)!
    var places = Set<UInt32>()
    while places.count < count { places.insert(UInt32.random(in: 0...space, using: &generator)) }
    // The places at the edge of what fits.
    if Int.random(in: 0..<4, using: &generator) == 0 { places.insert([65_534, 65_535, 0].randomElement(using: &generator)!) }
    return places.sorted()
  }

  @Test("Positions come back from cells, and narrow starts to those they hold", arguments: [1, 2, 3] as [UInt64])
  func cells(seed: UInt64) {
    var generator = Generator(state: seed)
    var others: [UInt16] = []
    var documents: [(positions: [UInt32], cell: UInt64)] = []
    for _ in 0..<400 {
      let positions = randomPositions(&generator)
      documents.append((positions, PositionCells.cell(of: positions.span, others: &others)))
    }
    var read: [UInt32] = []
    for (positions, cell) in documents {
      let count = PositionCells.read(cell, others: others, into: &read)
      #expect(Array(read[..<count]) == positions, "seed \(seed)")
      for place in [0, 1, 7] as [UInt32] {
        // Starts of which about half are right.
        var candidates = Set(positions.filter { $0 >= place && Bool.random(using: &generator) }.map { $0 - place })
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
          candidates.insert(UInt32.random(in: 0...70_000, using: &generator))
        }
        candidates.insert(65_535 - place)
        let all = candidates.sorted()
        var starts = all
        let left = PositionCells.narrow(&starts, count: starts.count, place: place, to: cell, others: others)
        #expect(Array(starts[..<left]) == all.filter { positions.contains($0 + place) }, "seed \(seed), place \(place)")
      }
    }
  }

  @Test("Numbers of positions that need more than 16 bits are kept as they are")
  func manyPositions() {
    var others: [UInt16] = [1]
    let positions = (0..<70_000).map { UInt32($0) }
    let cell = PositionCells.cell(of: positions.span, others: &others)
    var read: [UInt32] = []
    let count = PositionCells.read(cell, others: others, into: &read)
    #expect(Array(read[..<count]) == positions)
  }

  @Test("Documents in which two words may meet are kept, and no others where cells tell", arguments: [1, 2, 3] as [UInt64])
  func meeting(seed: UInt64) {
    var generator = Generator(state: seed)
    for distance in [1, 3, -1, -2] {
      var others: [UInt16] = []
      let pairs = (0..<500).map { _ in (randomPositions(&generator), randomPositions(&generator)) }
      let near = pairs.enumerated().map { index, pair in
        // In half of them they do meet.
        guard index.isMultiple(of: 2) else { return pair }
        let meeting = pair.0.map { Int($0) + distance }.filter { $0 >= 0 }.map { UInt32($0) }
        return (pair.0, Array(Set(pair.1 + meeting.prefix(2))).sorted())
      }
      let firstAll = near.map { PositionCells.cell(of: $0.0.span, others: &others) }
      let secondAll = near.map { PositionCells.cell(of: $0.1.span, others: &others) }
      var documents = (0..<500).map { UInt32($0) }
      var (first, second) = (firstAll, secondAll)
      let count = PositionCells.keepMeeting(&documents, &first, &second, count: 500, distance: distance)
      let kept = documents[..<count].map { Int($0) }
      for (index, pair) in near.enumerated() {
        let meets = pair.0.contains { position in
          Int(position) + distance >= 0 && pair.1.contains(UInt32(Int(position) + distance))
        }
        let isTold = [pair.0, pair.1].allSatisfy { $0.count <= 4 && $0.last! < 65_535 }
        #expect(kept.contains(index) == (meets || !isTold), "seed \(seed), distance \(distance), \(pair)")
      }
      #expect(first[..<count].elementsEqual(kept.map { firstAll[$0] }), "seed \(seed), distance \(distance)")
      #expect(second[..<count].elementsEqual(kept.map { secondAll[$0] }), "seed \(seed), distance \(distance)")
    }
  }

  @Test("The cell of a document is found by rank", arguments: [1, 2] as [UInt64])
  func gathering(seed: UInt64) {
    var generator = Generator(state: seed)
    var present = [UInt64](repeating: 0, count: 40)
    var having: [UInt32] = []
    for document in 0..<UInt32(64 * 40) where Int.random(in: 0..<(seed == 1 ? 2 : 30), using: &generator) == 0 {
      present[Int(document) / 64] |= 1 << UInt64(document % 64)
      having.append(document)
    }
    let cells = having.map { UInt64($0) << 20 }
    let before = DenseCells.countsBefore(present)
    let documents = having.filter { _ in Bool.random(using: &generator) }
    var found = [UInt64](repeating: 0, count: documents.count)
    PositionCells.gather(cells, present: present, before: before, of: documents, 3..<documents.count, into: &found)
    #expect(found[..<(documents.count - 3)].elementsEqual(documents[3...].map { UInt64($0) << 20 }), "seed \(seed)")
  }
}
