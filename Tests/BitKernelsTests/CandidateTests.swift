import Testing

@testable import BitKernels

@Suite("Kernels: scores and candidates")
struct CandidateTests {
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
}
