import BitKernels
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Frequent words by document")
struct DensePostingsTests {
  /// Articles one of so many of which has a word, up to 18 times, some far more often.
  private func articles(_ count: Int, sparsity: Int, _ generator: inout SeededGenerator) -> [TestArticle] {
    TestArticle.random(count, seed: 5).enumerated().map { number, article in
      guard Int.random(in: 0..<sparsity, using: &generator) == 0 else { return article }
      var article = article
      article.body += Array(
        repeating: "frequent", count: number.isMultiple(of: 97) ? 300 : Int.random(in: 1...18, using: &generator))
      return article
    }
  }

  @Test(
    "Every document's cell tells how often it has the word, and bounds what it gets",
    arguments: [(700, 1), (700, 2), (5_000, 25), (7_001, 40)])
  func cells(articleCount: Int, sparsity: Int) throws {
    let seed = UInt64(articleCount + sparsity)
    var generator = SeededGenerator(seed: seed)
    let articles = articles(articleCount, sparsity: sparsity, &generator)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    let entry = try #require(try segment.terms.find("frequent"))
    #expect(try segment.words.densePostings(of: entry) == nil, "asked for once, a word has none")
    let dense = try #require(try segment.words.densePostings(of: entry))
    #expect(try segment.words.densePostings(of: entry) === dense)
    var greatest = [UInt8](repeating: 0, count: dense.greatestClasses.count)
    var greatestShares = [Double](repeating: 0, count: greatest.count)
    let documents = (0..<UInt32(articleCount)).map { $0 }
    var reaches = [Double](repeating: 1, count: articleCount)
    dense.addReach(unit: 0.5, documents: documents, to: &reaches, count: articleCount)
    let groups = greatest.indices.filter { $0 % 3 != 1 }.map { UInt32($0) }
    var sums = [UInt16](repeating: 7, count: groups.count * DenseCells.groupSize)
    dense.addClasses(of: groups, count: groups.count, weight: 100, to: &sums)
    for article in articles {
      let document = try #require(try segment.document(withID: article.id))
      let count = article.body.count { $0 == "frequent" }
      #expect(dense.occurrences(in: UInt32(document)) == UInt32(count), "seed \(seed)")
      #expect(dense.documents.contains(UInt32(document)) == (count > 0), "seed \(seed)")
      let share = Impact.share(
        occurrences: UInt32(count), length: segment.lengths.total[document], averageLength: segment.averageLength)
      let (impact, occurrences) = dense.cell(of: UInt32(document))
      #expect(occurrences == UInt32(count), "seed \(seed)")
      #expect((impact > 0) == (count > 0), "seed \(seed)")
      #expect(Double(impact) * Impact.sharePerClass >= share, "seed \(seed)")
      #expect(count == 0 || Double(impact - 1) * Impact.sharePerClass <= share + 0x1p-30, "seed \(seed): no looser than a class")
      #expect(reaches[document] == 1 + 0.5 * Double(impact), "seed \(seed)")
      let group = document / DenseCells.groupSize
      greatest[group] = max(greatest[group], impact)
      greatestShares[group] = max(greatestShares[group], share)
      if let index = groups.firstIndex(of: UInt32(group)) {
        let place = DenseCells.sumPlace(of: document % DenseCells.groupSize)
        #expect(sums[index * DenseCells.groupSize + place] == 7 + 100 * UInt16(impact), "seed \(seed)")
      }
    }
    #expect(dense.greatestClasses == greatest, "seed \(seed)")
    let order = dense.greatestShares.indices.filter { dense.greatestShares[$0] > 0 }.map { UInt32($0) }.sorted {
      let (left, right) = (dense.greatestShares[Int($0)], dense.greatestShares[Int($1)])
      return left != right ? left > right : $0 < $1
    }
    #expect(dense.greatestGroups.count >= min(64, order.count), "seed \(seed)")
    #expect(dense.greatestGroups.elementsEqual(order.prefix(dense.greatestGroups.count)), "seed \(seed)")
    for (bytes, share) in zip(dense.greatestShares, greatestShares) {
      #expect((bytes == 0) == (share == 0), "seed \(seed)")
      #expect(Impact.share(notBelowBytes: bytes) >= share, "seed \(seed)")
      #expect(bytes == 0 || Impact.leastShare(aboveBytes: bytes - 1) <= share, "seed \(seed): no looser than two bytes can say")
    }
  }

  @Test("A list with more or fewer documents than its term says is an error", arguments: [1, 25])
  func otherCount(sparsity: Int) throws {
    var generator = SeededGenerator(seed: 3)
    let segment = try TestIndex.segment(articles(5_000, sparsity: sparsity, &generator), in: MemoryDirectory())
    let entry = try #require(try segment.terms.find("frequent"))
    for difference in [-1, 1, -60] where entry.documentCount + difference <= segment.documentCount {
      var other = entry
      other.documentCount += difference
      #expect(throws: StorageError.self) { try DensePostings(other, in: segment.words) }
    }
  }

  @Test("Whatever damaged bytes make of a share, it has a class")
  func damagedShares() {
    #expect(Impact.shareClass(notBelow: .nan) == 15)
    #expect(Impact.shareClass(notBelow: .infinity) == 15)
    #expect(Impact.shareClass(notBelow: -1) == 1)
    #expect(Impact.shareClass(notBelow: 1) == 15)
    #expect(Impact.bytes(notBelow: .nan) == .max)
    #expect(Impact.bytes(notBelow: .infinity) == .max)
    #expect(Impact.bytes(notBelow: -1) == 1)
    #expect(Impact.share(notBelowBytes: Impact.bytes(notBelow: 1)) == 1)
  }

  @Test("A rare word has none")
  func rareWord() throws {
    let segment = try TestIndex.segment(TestArticle.random(700, seed: 5), in: MemoryDirectory())
    let entry = try #require(try segment.terms.find("w190"))
    for _ in 0..<3 { #expect(try segment.words.densePostings(of: entry) == nil) }
  }
}
