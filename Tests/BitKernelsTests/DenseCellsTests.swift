import Testing

@testable import BitKernels

@Suite("Kernels: cells of frequent words")
struct DenseCellsTests {
  private static let groupCount = 40

  /// Random cells of two words, many of them empty.
  private func words(_ generator: inout Generator) -> [[UInt8]] {
    (0..<2).map { _ in
      (0..<Self.groupCount * DenseCells.groupSize).map { _ in
        Bool.random(using: &generator) ? 0 : UInt8.random(in: 17...255, using: &generator)
      }
    }
  }

  @Test("Documents whose classes add up to more than a limit are found, and no others", arguments: [1, 2, 3, 4] as [UInt64])
  func sums(seed: UInt64) {
    var generator = Generator(state: seed)
    let words = words(&generator)
    let weights: [UInt16] = [UInt16.random(in: 1...2_000, using: &generator), UInt16.random(in: 1...2_000, using: &generator)]
    let groups = (0..<UInt32(Self.groupCount)).filter { _ in Bool.random(using: &generator) }
    var sums = [UInt16](repeating: 0, count: groups.count * DenseCells.groupSize)
    for (cells, weight) in zip(words, weights) {
      DenseCells.add(cells, of: groups, count: groups.count, weight: weight, to: &sums)
    }
    func sum(_ document: Int) -> Int { zip(words, weights).reduce(0) { $0 + Int($1.0[document] >> 4) * Int($1.1) } }
    let limit = UInt16.random(in: 0...UInt16(15 * (Int(weights[0]) + Int(weights[1]))), using: &generator)
    let meant = groups.map { _ in UInt64.random(in: .min ... .max, using: &generator) }
    var masks = meant
    DenseCells.keepAbove(limit, sums: sums, masks: &masks, count: groups.count)
    for (index, group) in groups.enumerated() {
      for place in 0..<DenseCells.groupSize {
        let expected = sum(Int(group) * DenseCells.groupSize + place)
        #expect(Int(sums[index * DenseCells.groupSize + DenseCells.sumPlace(of: place)]) == expected, "seed \(seed)")
        let isKept = masks[index] >> UInt64(place) & 1 == 1
        #expect(isKept == (expected > Int(limit) && meant[index] >> UInt64(place) & 1 == 1), "seed \(seed)")
      }
    }
    let kept = groups.indices.flatMap { index in
      (0..<UInt32(DenseCells.groupSize)).filter { masks[index] >> UInt64($0) & 1 == 1 }
        .map { groups[index] * UInt32(DenseCells.groupSize) + $0 }
    }
    #expect(DenseCells.documentCount(of: masks, count: groups.count) == kept.count, "seed \(seed)")
    var documents = [UInt32](repeating: 0, count: 2 + kept.count)
    var scores = [Double](repeating: 1, count: 2 + kept.count)
    let count = DenseCells.append(groups, masks: masks, count: groups.count, to: &documents, &scores, from: 2)
    #expect(documents == [0, 0] + kept && count == documents.count, "seed \(seed)")
    #expect(scores == [1, 1] + kept.map { _ in 0 }, "seed \(seed)")
  }

  @Test("Groups are bounded by their greatest classes", arguments: [1, 2, 3] as [UInt64])
  func groups(seed: UInt64) {
    var generator = Generator(state: seed)
    let classes = (0..<2).map { _ in (0..<Self.groupCount).map { _ in UInt8.random(in: 0...15, using: &generator) } }
    var sums = [UInt16](repeating: 0, count: Self.groupCount)
    DenseCells.addGreatest(classes[0], weight: 700, to: &sums)
    DenseCells.addGreatest(classes[1], weight: 90, to: &sums)
    let expected = (0..<Self.groupCount).map { UInt16(classes[0][$0]) * 700 + UInt16(classes[1][$0]) * 90 }
    #expect(sums == expected, "seed \(seed)")
    #expect(DenseCells.greatest(sums.span) == expected.max(), "seed \(seed)")
    #expect(DenseCells.greatest(sums.span.extracting(0..<0)) == 0)
    let limit = UInt16.random(in: 0...8_000, using: &generator)
    var found = [UInt32](repeating: 0, count: Self.groupCount)
    let count = DenseCells.selectGroups(5..<33, where: sums, exceed: limit, into: &found)
    #expect(found[..<count].map(Int.init) == (5..<33).filter { expected[$0] > limit }, "seed \(seed)")
  }

  @Test("Values above a limit are counted", arguments: [0, 1, 7, 8, 9, 4_003, 600_001])
  func counting(valueCount: Int) {
    var generator = Generator(state: UInt64(valueCount))
    // Most of them exceed the limit, so that 16 bits would not hold their number.
    let values = (0..<valueCount).map { _ in UInt16.random(in: 0...50_000, using: &generator) }
    #expect(DenseCells.countAbove(100, values.span) == values.count { $0 > 100 })
    #expect(DenseCells.countAbove(49_000, values.span) == values.count { $0 > 49_000 })
  }

  @Test("A limit is found that about so many values exceed", arguments: [1, 10, 16, 1_000] as [Int])
  func limits(wanted: Int) {
    var generator = Generator(state: UInt64(wanted))
    for greatest in [0, 1, 3, 400, 65_535] as [UInt16] {
      let values = (0..<1_200).map { _ in UInt16.random(in: 0...greatest, using: &generator) }
      let sorted = values.sorted(by: >)
      guard let limit = DenseCells.limit(ofGreatest: wanted, values.span) else {
        #expect(values.count { $0 > 0 } < wanted)
        continue
      }
      let count = values.count { $0 > limit }
      #expect(count >= wanted)
      // No further than twice as many, but for values that are equal.
      #expect(count <= 2 * wanted || sorted[wanted - 1] == limit + 1)
    }
  }

  @Test("Candidates get what their cells say", arguments: [1, 2, 3] as [UInt64])
  func candidates(seed: UInt64) {
    var generator = Generator(state: seed)
    let cells = words(&generator)[0]
    let documents = cells.indices.filter { _ in Int.random(in: 0..<9, using: &generator) == 0 }.map { UInt32($0) }
    var reaches = [Double](repeating: 0.5, count: documents.count)
    DenseCells.addReach(cells, unit: 0.25, documents: documents, to: &reaches, count: documents.count)
    for (index, document) in documents.enumerated() {
      #expect(reaches[index] == 0.5 + 0.25 * Double(cells[Int(document)] >> 4), "seed \(seed)")
    }
  }

  @Test("Cells of only the documents that have the word say the same", arguments: [1, 2, 3] as [UInt64])
  func ranked(seed: UInt64) {
    var generator = Generator(state: seed)
    let cells = words(&generator)[0]
    let ranked = cells.filter { $0 != 0 }
    let present = (0..<Self.groupCount).map { group in
      (0..<DenseCells.groupSize).reduce(UInt64(0)) { $0 | (cells[group * DenseCells.groupSize + $1] != 0 ? 1 << UInt64($1) : 0) }
    }
    let before = DenseCells.countsBefore(present)
    let documents = cells.indices.filter { _ in Int.random(in: 0..<9, using: &generator) == 0 }.map { UInt32($0) }
    var reaches = [[Double]](repeating: [Double](repeating: 0.5, count: documents.count), count: 2)
    DenseCells.addReach(cells, unit: 0.25, documents: documents, to: &reaches[0], count: documents.count)
    DenseCells.addReach(
      ranked, present: present, before: before, unit: 0.25, documents: documents, to: &reaches[1], count: documents.count)
    #expect(reaches[0] == reaches[1], "seed \(seed)")
    let groups = (0..<UInt32(Self.groupCount)).filter { _ in Bool.random(using: &generator) }
    var sums = [[UInt16]](repeating: [UInt16](repeating: 3, count: groups.count * DenseCells.groupSize), count: 2)
    DenseCells.add(cells, of: groups, count: groups.count, weight: 900, to: &sums[0])
    DenseCells.add(ranked, present: present, before: before, of: groups, count: groups.count, weight: 900, to: &sums[1])
    #expect(sums[0] == sums[1], "seed \(seed)")
  }
}
