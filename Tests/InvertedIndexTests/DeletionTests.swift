import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Deletions")
struct DeletionTests {
  /// What an index should hold: the articles by id.
  private struct Model {
    var articles: [String: TestArticle] = [:]
  }

  private func add(_ article: TestArticle, to writer: IndexWriter, _ model: inout Model) throws {
    #expect(try writer.delete(id: article.id) == (model.articles[article.id] != nil))
    try TestIndex.add(article, to: writer, words: article.title.count + article.body.count)
    model.articles[article.id] = article
  }

  /// Every live document is an article of the model, with its words, its text and its date, and the other way round.
  private func expect(_ snapshot: IndexSnapshot, holds model: Model, seed: UInt64) throws {
    #expect(snapshot.liveCount == model.articles.count, "seed \(seed)")
    for (id, article) in model.articles {
      let found = try #require(try snapshot.document(withID: id), "seed \(seed) \(id)")
      let segment = snapshot.segments[found.segment]
      #expect(try segment.text(found.document) == article.body.joined(separator: " "), "seed \(seed) \(id)")
      #expect(try segment.date(found.document) == article.date, "seed \(seed) \(id)")
      #expect(segment.lengths.total[found.document] == UInt32(article.title.count + article.body.count), "seed \(seed) \(id)")
    }
    var documentsByWord: [String: Set<String>] = [:]
    for (id, article) in model.articles {
      for word in Set(article.title + article.body) { documentsByWord[word, default: []].insert(id) }
    }
    var found: [String: Set<String>] = [:]
    for segment in snapshot.segments {
      var terms = KeyTableCursor(segment.terms.table)
      while try terms.advance() {
        var cursor = try segment.words.cursor(for: terms.payload)
        var target: UInt32 = 0
        while try cursor.advance(toBlockWith: target) {
          for index in 0..<cursor.count where segment.isLive(Int(cursor.documents[index])) {
            found[String(decoding: terms.key, as: UTF8.self), default: []].insert(
              try segment.id(Int(cursor.documents[index])))
          }
          target = cursor.lastDocument + 1
        }
      }
    }
    #expect(found == documentsByWord, "seed \(seed)")
  }

  @Test(
    "After any transactions that add, replace and delete, the index holds what was left", arguments: 1...4 as ClosedRange<UInt64>)
  func randomTransactions(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 42)
    var model = Model()
    var pool = TestArticle.random(400, seed: seed, words: 50)
    let options = IndexWriterOptions(
      memoryByteCount: 4 << 20, mergePolicy: MergePolicy(fanIn: 3, smallestTierByteCount: 1 << 14))
    for _ in 0..<6 {
      let before = model
      let writer = try IndexWriter(directory: directory, options: options)
      for _ in 0..<Int.random(in: 1...80, using: &generator) {
        let index = Int.random(in: 0..<60, using: &generator)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<6:
          // Another text under the same id.
          pool[index].body = pool[Int.random(in: 60..<400, using: &generator)].body
          try add(pool[index], to: writer, &model)
        case 6..<9:
          #expect(try writer.delete(id: pool[index].id) == (model.articles.removeValue(forKey: pool[index].id) != nil))
        default:
          // What is in memory is written, so that later changes meet a segment of the same transaction.
          try expect(try writer.preview(), holds: model, seed: seed)
        }
      }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        writer.rollBack()
        model = before
      } else {
        try expect(try writer.commit(), holds: model, seed: seed)
      }
      try expect(try IndexSnapshot.open(directory), holds: model, seed: seed)
    }
    let findings = try IndexVerifier(directory: directory).verify()
    #expect(findings.problems.isEmpty, "seed \(seed)")
  }

  @Test("Deleting by id asks about every live article once, and what is left of a segment goes with its last article")
  func predicates() throws {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 42)
    let articles = TestArticle.random(100, seed: 3)
    var model = Model()
    for part in [articles[..<60], articles[60...]] {
      let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
      for article in part { try add(article, to: writer, &model) }
      _ = try writer.commit()
    }
    let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
    let doomed = Set(articles[..<60].map(\.id))
    var asked: [String] = []
    #expect(
      try writer.delete { id in
        asked.append(id)
        return doomed.contains(id)
      } == 60)
    #expect(asked.sorted() == articles.map(\.id).sorted())
    #expect(try writer.delete { _ in true } == 40)
    let snapshot = try writer.commit()
    #expect(snapshot.segments.isEmpty && snapshot.liveCount == 0)
    #expect(try directory.list().allSatisfy { !$0.name.hasSuffix(".deletions") })
  }

  @Test("A compacted index has one segment without a trace of what was deleted: the bytes of one built without it")
  func compaction() throws {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 42)
    let articles = TestArticle.random(300, seed: 8)
    var model = Model()
    for part in 0..<3 {
      let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
      for article in articles[part * 100..<(part + 1) * 100] { try add(article, to: writer, &model) }
      _ = try writer.commit()
    }
    var writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
    for article in articles.prefix(290) where article.id.utf8.reduce(0, { $0 + Int($1) }) % 3 == 0 {
      #expect(try writer.delete(id: article.id))
      model.articles[article.id] = nil
    }
    try writer.compact()
    let snapshot = try writer.commit()
    #expect(snapshot.segments.count == 1 && snapshot.segments[0].deleted == nil)
    #expect(snapshot.segments[0].summaries.recordCount == model.articles.count)
    try expect(snapshot, holds: model, seed: 8)
    let id = snapshot.segments[0].info.id
    let fresh = MemoryDirectory()
    _ = try TestIndex.segment(articles.filter { model.articles[$0.id] != nil }, in: fresh, id: id)
    for file in SegmentFile.allCases where ![.columns, .summaries, .texts].contains(file) {
      #expect(directory.files[file.name(ofSegment: id)] == fresh.files[file.name(ofSegment: id)], "\(file)")
    }
    // Nothing is left to do.
    writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
    try writer.compact()
    #expect(try writer.commit().manifest.generation == snapshot.manifest.generation)
  }

  @Test("A snapshot keeps what a later commit deletes")
  func isolation() throws {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 42)
    let articles = TestArticle.random(30, seed: 4)
    var model = Model()
    var writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
    for article in articles { try add(article, to: writer, &model) }
    let before = try writer.commit()
    writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
    #expect(try writer.delete(id: articles[0].id))
    #expect(try IndexSnapshot.open(directory).liveCount == 30)
    let after = try writer.commit()
    #expect(before.liveCount == 30 && after.liveCount == 29)
    #expect(try before.document(withID: articles[0].id) != nil && after.document(withID: articles[0].id) == nil)
  }
}
