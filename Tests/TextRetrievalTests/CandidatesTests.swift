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
}
