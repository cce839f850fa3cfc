import IndexStorage

@testable import InvertedIndex

/// A small article in the engine's plain terms.
struct TestArticle {
  var id: String
  var title: [String]
  var body: [String]
  var date: DocumentDate?
  var source: String?
  var contentHash: UInt64 { UInt64(body.count) }

  /// Articles of skewed words, some without date, source, title or body.
  static func random(_ count: Int, seed: UInt64, words: Int = 200) -> [TestArticle] {
    var generator = SeededGenerator(seed: seed)
    func text(_ length: Int) -> [String] {
      (0..<length).map { _ in
        let draw = Double.random(in: 0..<1, using: &generator)
        return "w\(Int(Double(words) * draw * draw * draw))"
      }
    }
    return (0..<count).map { number in
      TestArticle(
        id: "article-\(String(number * 7919 % 1_000_003, radix: 36))",
        title: text(Int.random(in: 0...4, using: &generator)), body: text(Int.random(in: 0...60, using: &generator)),
        date: Bool.random(using: &generator) || Bool.random(using: &generator)
          ? DocumentDate(day: Int32.random(in: -20...20, using: &generator), second: 0, precision: 2) : nil,
        source: ["reuters", "ap", nil].randomElement(using: &generator)!)
    }
  }
}

/// An index in memory for tests.
enum TestIndex {
  static let schema = IndexSchema(textFields: ["title", "body"], keywordFields: ["source"], analyzer: "test", storesText: true)

  /// Writes articles as one segment and opens it.
  static func segment(
    _ articles: [TestArticle], in directory: MemoryDirectory, id: UInt64 = 1
  ) throws(StorageError) -> SegmentReader {
    let builder = try SegmentBuilder(
      directory: directory, indexID: 42, segmentID: id, schema: schema, memoryByteCount: 1 << 20)
    var identities = ArticleIdentities()
    for article in articles {
      identities.append(id: article.id, contentHash: article.contentHash)
      try add(article, to: builder)
    }
    return try SegmentReader(directory: directory, indexID: 42, schema: schema, info: try builder.flush(identities))
  }

  /// Adds an article to a transaction, with a guess of its words.
  static func add(_ article: TestArticle, to writer: IndexWriter, words: Int = 100) throws(StorageError) {
    try add(article, to: try writer.builder(forID: article.id, contentHash: article.contentHash, words: words))
  }

  static func add(_ article: TestArticle, to builder: SegmentBuilder) throws(StorageError) {
    for words in [article.title, article.body] {
      let bytes = words.flatMap { Array($0.utf8) }
      var offsets: [UInt32] = []
      var next: UInt32 = 0
      for word in words {
        offsets.append(next)
        next += UInt32(word.utf8.count)
      }
      let lengths = words.map { UInt8($0.utf8.count) }
      builder.addField(termBytes: bytes.span, offsets: offsets.span, lengths: lengths.span)
    }
    var layout = DocumentLayout()
    if !article.title.isEmpty { layout.capitals.append((0, .capitalized)) }
    let text = Array(article.body.joined(separator: " ").utf8)
    try builder.endDocument(
      date: article.date, keywordForms: [article.source],
      summary: DocumentSummary(
        furtherTexts: [article.title.joined(separator: " ")], keywords: [article.source], url: nil, origin: "test"),
      text: text.span, layout: layout)
  }
}
