import IndexStorage
import Testing

@testable import TextRetrieval

@Suite("Candidates")
struct CandidatesTests {
  private func candidates(_ documents: [UInt32], score: Double) -> Candidates {
    var candidates = Candidates(wantsScores: true)
    for document in documents { candidates.append(document, score: score) }
    return candidates
  }

  @Test("Others are put among them in order; what is there already stays", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func insert(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      func some() -> [UInt32] {
        let odds = Int.random(in: 1...20, using: &generator)
        return (0..<60).filter { _ in Int.random(in: 0..<odds, using: &generator) == 0 }
      }
      let (mine, theirs) = (some(), some())
      var all = candidates(mine, score: 1)
      all.insert(candidates(theirs, score: 2))
      let expected = Set(mine + theirs).sorted()
      #expect((0..<all.count).map { all.document($0) } == expected, "seed \(seed)")
      #expect((0..<all.count).map { all.score($0) } == expected.map { mine.contains($0) ? 1 : 2 }, "seed \(seed)")
    }
  }

  @Test("About as many are kept as are wanted, none that can reach less than one that goes", arguments: [1, 2, 3] as [UInt64])
  func greatest(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for wanted in [1, 10, 100] {
      var candidates = Candidates(wantsScores: true)
      for document in 0..<UInt32(Int.random(in: 1...600, using: &generator)) {
        candidates.append(document, score: Double.random(in: 0...3, using: &generator))
      }
      let all = (0..<candidates.count).map { candidates.score($0) + 0.5 }.sorted(by: >)
      candidates.clearReach()
      candidates.addReach(0.5)
      candidates.keepGreatestReaches(atLeast: wanted)
      let kept = (0..<candidates.count).map { candidates.score($0) + 0.5 }.sorted(by: >)
      #expect(kept == Array(all[..<kept.count]), "seed \(seed)")
      #expect(kept.count >= min(wanted, all.count) && kept.count <= max(2 * wanted, 12), "seed \(seed)")
    }
  }
}
