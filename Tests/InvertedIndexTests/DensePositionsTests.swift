import BitKernels
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Positions of frequent words by document")
struct DensePositionsTests {
  @Test("They are those of the list, once they were asked for in enough documents")
  func positions() throws {
    let articles = TestArticle.random(5_000, seed: 5)
    let segment = try TestIndex.segment(articles, in: MemoryDirectory())
    var isFound = false
    for word in ["w0", "w1", "w5", "w20"] {
      let entry = try #require(try segment.terms.find(word))
      _ = try segment.words.densePostings(of: entry)
      guard let postings = try segment.words.densePostings(of: entry) else { continue }
      isFound = true
      let few = entry.documentCount / 100
      for _ in 0..<3 { #expect(try segment.words.densePositions(of: entry, postings, inDocuments: few) == nil) }
      #expect(segment.words.knownDensePositions(of: entry) == nil)
      _ = try segment.words.densePositions(of: entry, postings, inDocuments: entry.documentCount)
      let dense = try #require(try segment.words.densePositions(of: entry, postings, inDocuments: few))
      #expect(segment.words.knownDensePositions(of: entry) === dense)
      #expect(dense.byteCount <= DensePositions.byteCount(entry, documentCount: segment.documentCount))
      var cursor = try segment.words.cursor(for: entry)
      var (expected, positions) = ([UInt32](), [UInt32]())
      var cells = [UInt64](repeating: 0, count: 128)
      var target: UInt32 = 0
      while try cursor.advance(toBlockWith: target) {
        let documents = (0..<cursor.count).map { cursor.document(at: $0) }
        dense.gather(documents, 0..<documents.count, into: &cells)
        for index in documents.indices {
          let count = try cursor.readPositions(at: index, into: &expected)
          let read = dense.read(cells[index], into: &positions)
          #expect(positions[..<read] == expected[..<count], "\(word), document \(documents[index])")
        }
        target = cursor.lastDocument + 1
      }
      var masks = postings.documents.present
      try dense.checkHolding(masks)
      masks = masks.map { $0 & 0x5555_5555_5555_5555 }
      try dense.checkHolding(masks)
      let without = try #require(masks.indices.first { ~postings.documents.present[$0] != 0 })
      masks[without] = .max
      #expect(throws: StorageError.self) { try dense.checkHolding(masks) }
    }
    #expect(isFound)
  }

  @Test("A list with more or fewer documents than its term says is an error")
  func otherCount() throws {
    let segment = try TestIndex.segment(TestArticle.random(3_000, seed: 5), in: MemoryDirectory())
    let entry = try #require(try segment.terms.find("w1"))
    let postings = try DensePostings(entry, in: segment.words)
    var other = entry
    other.documentCount -= 1
    #expect(throws: StorageError.self) { try DensePositions(other, postings, in: segment.words) }
  }
}
