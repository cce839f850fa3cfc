import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Segments")
struct SegmentTests {
  /// The documents and positions of every word, straight from the articles, by document number of the segment.
  private func expectedPostings(_ articles: [TestArticle], _ segment: SegmentReader) throws -> [String: [Int: [UInt32]]] {
    var expected: [String: [Int: [UInt32]]] = [:]
    for article in articles {
      let document = try #require(try segment.document(withID: article.id))
      for (index, word) in article.title.enumerated() {
        expected[word, default: [:]][document, default: []].append(UInt32(index))
      }
      for (index, word) in article.body.enumerated() {
        expected[word, default: [:]][document, default: []].append(UInt32(article.title.count + 1 + index))
      }
    }
    return expected
  }

  private func actualPostings(_ word: String, _ segment: SegmentReader, step: UInt32) throws -> [Int: [UInt32]] {
    guard var cursor = try segment.terms.find(word).map(segment.words.cursor) else { return [:] }
    var actual: [Int: [UInt32]] = [:]
    var target: UInt32 = 0
    while try cursor.advance(toBlockWith: target) {
      try cursor.loadOccurrences()
      for index in 0..<cursor.count where cursor.documents[index] >= target {
        var positions: [UInt32] = []
        let count = try cursor.readPositions(at: index, into: &positions)
        #expect(count == positions.count)
        #expect(positions.count == Int(cursor.occurrences[index]))
        actual[Int(cursor.documents[index])] = positions
      }
      target = cursor.lastDocument + step
    }
    return actual
  }

  @Test(
    "Every word is found where the articles have it, and the verifier agrees",
    arguments: [(1, 1), (2, 40), (3, 129), (4, 3_000), (5, 9_000)] as [(UInt64, Int)])
  func postings(seed: UInt64, count: Int) throws {
    let articles = TestArticle.random(count, seed: seed)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    try SegmentVerifier(segment).verify()
    let expected = try expectedPostings(articles, segment)
    #expect(segment.terms.termCount == expected.count)
    for (word, documents) in expected {
      #expect(try actualPostings(word, segment, step: 1) == documents, "seed \(seed) word \(word)")
    }
  }

  @Test("A cursor that leaps finds the first block that reaches its target", arguments: [11] as [UInt64])
  func leaping(seed: UInt64) throws {
    let articles = TestArticle.random(20_000, seed: seed, words: 40)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    let expected = try expectedPostings(articles, segment)
    for (word, documents) in expected {
      for step: UInt32 in [1, 130, 5_000, 9_999] {
        let leapt = try actualPostings(word, segment, step: step)
        #expect(leapt.allSatisfy { documents[$0.key] == $0.value }, "seed \(seed) word \(word)")
        #expect(leapt.keys.contains(documents.keys.min()!))
      }
    }
  }

  @Test("Documents lie newest first, undated last, ties by id, and keep what was stored")
  func order() throws {
    let articles = TestArticle.random(500, seed: 7)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    let expected = articles.sorted { left, right in
      let (leftKey, rightKey) = (left.date?.sortKey ?? .min, right.date?.sortKey ?? .min)
      return leftKey != rightKey ? leftKey > rightKey : left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }
    for (document, article) in expected.enumerated() {
      #expect(try segment.id(document) == article.id)
      #expect(try segment.date(document) == article.date)
      #expect(try segment.text(document) == article.body.joined(separator: " "))
      #expect(try segment.summary(document).furtherTexts == [article.title.joined(separator: " ")])
      #expect(try segment.summary(document).keywords == [article.source])
      #expect(segment.lengths.total[document] == UInt32(article.title.count + article.body.count))
    }
    #expect(try segment.document(withID: "nobody") == nil)
  }

  @Test("Merged segments have the bytes of one segment built from all articles", arguments: [1, 2, 3] as [UInt64])
  func merging(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let articles = TestArticle.random(2_500, seed: seed)
    let whole = MemoryDirectory()
    let one = try TestIndex.segment(articles, in: whole, id: 9)
    let parts = MemoryDirectory()
    var rest = articles.shuffled(using: &generator)
    var segments: [SegmentReader] = []
    for id in 1...4 as ClosedRange<UInt64> {
      let size = id == 4 ? rest.count : Int.random(in: 1...rest.count / 2, using: &generator)
      segments.append(try TestIndex.segment(Array(rest.prefix(size)), in: parts, id: id))
      rest.removeFirst(size)
    }
    let info = try SegmentMerger(
      segments, directory: parts, indexID: 42, segmentID: 9, schema: TestIndex.schema, memoryByteCount: 1 << 20
    ).merge()
    // What is stored keeps the order in which it came, so the stores, and the column that points into them, differ.
    for file in SegmentFile.allCases where ![.columns, .summaries, .texts].contains(file) {
      #expect(parts.files[file.name(ofSegment: 9)] == whole.files[file.name(ofSegment: 9)], "seed \(seed) \(file)")
    }
    let merged = try SegmentReader(directory: parts, indexID: 42, schema: TestIndex.schema, info: info)
    try SegmentVerifier(merged).verify()
    for document in 0..<merged.documentCount {
      #expect(try merged.text(document) == one.text(document))
      #expect(try merged.summary(document) == one.summary(document))
      #expect(try merged.contentHash(document) == one.contentHash(document))
    }
  }
}
