import BitKernels
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Frequent words by document")
struct DensePostingsTests {
  /// Articles that have a word 0 to 18 times, and some far more often.
  private func articles(_ generator: inout SeededGenerator) -> [TestArticle] {
    TestArticle.random(700, seed: 5).enumerated().map { number, article in
      var article = article
      let count = number % 97 == 0 ? 300 : max(0, Int.random(in: -9...18, using: &generator))
      article.body += Array(repeating: "frequent", count: count)
      return article
    }
  }

  @Test("Every document's cell tells how often it has the word, and bounds what it gets", arguments: [1, 2] as [UInt64])
  func cells(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let articles = articles(&generator)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    let entry = try #require(try segment.terms.find("frequent"))
    #expect(try segment.words.densePostings(of: entry) == nil, "asked for once, a word has none")
    let dense = try #require(try segment.words.densePostings(of: entry))
    #expect(try segment.words.densePostings(of: entry) === dense)
    var greatest = [UInt8](repeating: 0, count: dense.greatestClasses.count)
    for article in articles {
      let document = try #require(try segment.document(withID: article.id))
      let count = article.body.count { $0 == "frequent" }
      #expect(dense.occurrences(in: UInt32(document)) == UInt32(count), "seed \(seed)")
      #expect(dense.documents.contains(UInt32(document)) == (count > 0), "seed \(seed)")
      let share = Impact.share(
        occurrences: UInt32(count), length: segment.lengths.total[document], averageLength: segment.averageLength)
      let impact = dense.cells[document] >> 4
      #expect((impact > 0) == (count > 0), "seed \(seed)")
      #expect(Double(impact) * Impact.sharePerClass >= share, "seed \(seed)")
      #expect(count == 0 || Double(impact - 1) * Impact.sharePerClass <= share + 0x1p-30, "seed \(seed): no looser than a class")
      let group = document / DenseCells.groupSize
      greatest[group] = max(greatest[group], impact)
    }
    #expect(dense.greatestClasses == greatest, "seed \(seed)")
  }

  @Test("Whatever damaged bytes make of a share, it has a class")
  func damagedShares() {
    #expect(Impact.shareClass(notBelow: .nan) == 15)
    #expect(Impact.shareClass(notBelow: .infinity) == 15)
    #expect(Impact.shareClass(notBelow: -1) == 1)
    #expect(Impact.shareClass(notBelow: 1) == 15)
  }

  @Test("A rare word has none")
  func rareWord() throws {
    let segment = try TestIndex.segment(TestArticle.random(700, seed: 5), in: MemoryDirectory())
    let entry = try #require(try segment.terms.find("w190"))
    for _ in 0..<3 { #expect(try segment.words.densePostings(of: entry) == nil) }
  }
}
