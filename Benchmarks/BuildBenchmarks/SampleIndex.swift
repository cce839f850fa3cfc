import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI
import TextAnalysis

/// How the benchmarks make segments.
enum SampleIndex {
  static let id: UInt128 = 1
  /// Room for all articles in one segment.
  static let memoryByteCount = 1 << 30

  /// The fields that the command's indexes have.
  static func schema(storesText: Bool) -> IndexSchema {
    IndexSchema(
      textFields: TextField.allCases.map(\.rawValue), keywordFields: KeywordField.allCases.map(\.rawValue),
      analyzer: Analyzer.fingerprint, storesText: storesText)
  }

  /// A builder without articles whose files lie in memory.
  static func makeBuilder(storesText: Bool) throws(StorageError) -> SegmentBuilder {
    try SegmentBuilder(
      directory: MemoryDirectory(), indexID: id, segmentID: 1, schema: schema(storesText: storesText),
      memoryByteCount: memoryByteCount)
  }

  /// An index in memory that has the articles dealt out to so many segments in turn, so that merging changes from source to source
  /// all the time: the most work it can have.
  static func make(_ articles: [AnalyzedArticle], segmentCount: Int) throws(StorageError) -> IndexSnapshot {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: schema(storesText: true), indexID: id)
    let options = IndexWriterOptions(
      memoryByteCount: memoryByteCount, mergePolicy: MergePolicy(fanIn: segmentCount + 1))
    for segment in 0..<segmentCount {
      let writer = try IndexWriter(directory: directory, options: options)
      for index in stride(from: segment, to: articles.count, by: segmentCount) {
        let article = articles[index]
        let builder = try writer.builder(
          forID: article.article.id, contentHash: UInt64(article.byteCount), words: article.wordCount)
        try builder.add(article)
      }
      _ = try writer.commit()
    }
    return try IndexSnapshot.open(directory)
  }
}

extension SegmentBuilder {
  /// Adds an article whose tokens are there.
  func add(_ analyzed: AnalyzedArticle) throws(StorageError) {
    let article = analyzed.article
    for tokens in [analyzed.title, analyzed.body] {
      addField(termBytes: tokens.termBytes.span, offsets: tokens.termOffsets.span, lengths: tokens.termLengths.span)
    }
    let keywords = KeywordField.allCases.map { article.keywords[$0] }
    try endDocument(
      date: article.date.map { DocumentDate(day: $0.firstDay, second: $0.second, precision: $0.precision.rawValue) },
      keywordForms: keywords,
      summary: DocumentSummary(furtherTexts: [article.title], keywords: keywords, url: article.url, origin: article.origin),
      text: article.body.utf8Span.span, layout: analyzed.layout)
  }
}
