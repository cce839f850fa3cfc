import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Pairs of frequent words")
struct PairsTests {
  /// A pair of words, as the articles have them.
  private struct Pair: Hashable {
    var first: String
    var second: String
  }

  /// How often a pair stands in a document, in all and in the title.
  private struct Count: Hashable {
    var occurrences: UInt32 = 0
    var inTitle: UInt32 = 0
  }

  /// Every pair side by side in one field, by document number of the segment.
  private func expectedPairs(_ articles: [TestArticle], _ segment: SegmentReader) throws -> [Pair: [UInt32: Count]] {
    var expected: [Pair: [UInt32: Count]] = [:]
    for article in articles {
      let document = UInt32(try #require(try segment.document(withID: article.id)))
      for (isTitle, words) in [(true, article.title), (false, article.body)] {
        for (first, second) in zip(words, words.dropFirst()) {
          expected[Pair(first: first, second: second), default: [:]][document, default: Count()].occurrences += 1
          if isTitle { expected[Pair(first: first, second: second)]![document]!.inTitle += 1 }
        }
      }
    }
    return expected
  }

  private func actualCounts(_ entry: TermEntry, _ segment: SegmentReader) throws -> [UInt32: Count] {
    var cursor = try segment.pairs.lists.cursor(for: entry)
    var actual: [UInt32: Count] = [:]
    var target: UInt32 = 0
    while try cursor.advance(toBlockWith: target) {
      try cursor.loadFieldCounts()
      for index in 0..<cursor.count {
        actual[cursor.documents[index]] = Count(
          occurrences: cursor.occurrences[index], inTitle: cursor.fieldCount(0, at: index))
      }
      target = cursor.lastDocument + 1
    }
    return actual
  }

  @Test(
    "Every pair of frequent words is found where the articles have it, and no other",
    arguments: [(1, 40), (2, 700), (3, 3_000)] as [(UInt64, Int)])
  func pairs(seed: UInt64, count: Int) throws {
    let articles = TestArticle.random(count, seed: seed)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    let expected = try expectedPairs(articles, segment)
    var cursor = KeyTableCursor(segment.terms.table)
    var words: [(text: String, entry: TermEntry)] = []
    while try cursor.advance() { words.append((String(decoding: cursor.key, as: UTF8.self), cursor.payload)) }
    let least = max(PairsFormat.leastDocumentCount, (count + PairsFormat.sparsest - 1) / PairsFormat.sparsest)
    var found = 0
    for first in words {
      for second in words {
        let documents = expected[Pair(first: first.text, second: second.text)]
        switch try segment.pairs.find(first.text, second.text, entries: (first.entry, second.entry)) {
        case .nothing: #expect(min(first.entry.documentCount, second.entry.documentCount) < least)
        case .absent: #expect(documents == nil, "seed \(seed): \(first.text) \(second.text)")
        case .present(let entry):
          #expect(try actualCounts(entry, segment) == documents, "seed \(seed): \(first.text) \(second.text)")
          found += 1
        }
      }
    }
    #expect(found > 0 && found == segment.pairs.table.keyCount)
  }

  @Test("However little memory there is, the pairs are the same")
  func turns() throws {
    let segment = try TestIndex.segment(TestArticle.random(300, seed: 5), in: MemoryDirectory())
    for memoryByteCount in [1, 30_000, 1 << 30] {
      let files = SegmentFilesWriter(
        directory: MemoryDirectory(), indexID: segment.indexID, segmentID: segment.info.id, schema: segment.schema)
      let made = try files.writePairs(of: segment.terms, lists: segment.words, memoryByteCount: memoryByteCount)
      #expect(made.pairs == segment.pairs.table.file.summary && made.postings == segment.pairs.lists.postings.summary)
    }
  }

  @Test("Where too many words are frequent, those in the most documents stay")
  func manyWords() throws {
    let words = (0..<PairsFormat.maximumWordCount + 100).map { "w\($0)" }
    // Every word in 16 articles, the first ten in one more.
    var articles: [TestArticle] = TestArticle.random(17, seed: 1)
    for index in articles.indices { articles[index].body = index < 16 ? words : Array(words.prefix(10)) }
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    func find(_ first: String, _ second: String) throws -> PairsReader.Knowledge {
      let entries = (try #require(try segment.terms.find(first)), try #require(try segment.terms.find(second)))
      return try segment.pairs.find(first, second, entries: entries)
    }
    guard case .present(let entry) = try find("w0", "w1") else {
      Issue.record("the pair of two of the most frequent words is not there")
      return
    }
    #expect(entry.documentCount == 17)
    guard case .nothing = try find("w500", "w501") else {
      Issue.record("a word that is not among the most frequent is taken for one")
      return
    }
    guard case .absent = try find("w1", "w0") else {
      Issue.record("a pair that occurs nowhere is there")
      return
    }
    try SegmentVerifier(segment).verify()
  }
}
