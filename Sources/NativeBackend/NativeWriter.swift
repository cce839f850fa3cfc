import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI
import TextAnalysis
import TextRetrieval

/// The writing side of the native index inside one transaction.
final class NativeWriter: ArticleWriter {
  private let index: IndexWriter
  private let path: String
  private let analyzer = Analyzer()
  private var title = TokenBatch()
  private var body = TokenBatch()
  private var layout = DocumentLayout()

  init(_ index: IndexWriter, path: String) {
    self.index = index
    self.path = path
  }

  func add(_ article: Article) async throws -> AdditionOutcome {
    try Task.checkCancellation()
    if let reason = article.refusalReason { return .refused(reason: reason) }
    return try rethrowingAsSearchError(path: path) { () throws(StorageError) in try addSound(article) }
  }

  func delete(id: String) async throws -> Bool {
    try Task.checkCancellation()
    return try rethrowingAsSearchError(path: path) { () throws(StorageError) in try index.delete(id: id) }
  }

  func delete(matching query: Query) async throws -> Int {
    try Task.checkCancellation()
    var request = SearchRequest(query)
    request.limit = 0
    try request.validate()
    return try rethrowingAsSearchError(path: path) { () throws(StorageError) in
      let preview = try index.preview()
      let parameters = ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: index.schema.textFields.map { _ in 1 })
      let found = try Searcher(preview).search(
        query, parameters: parameters, ranking: .newest, limit: preview.liveCount, countsMatches: false)
      try index.delete(found.documents.map { ($0.segment, $0.document) }, of: preview)
      return found.documents.count
    }
  }

  func delete(where isDoomed: (_ id: String) throws -> Bool) async throws -> Int {
    try Task.checkCancellation()
    do {
      return try index.delete(where: isDoomed)
    } catch let error as StorageError {
      throw SearchError(error, path: path)
    }
  }

  private func addSound(_ article: Article) throws(StorageError) -> AdditionOutcome {
    let hash = article.contentHash
    var outcome = AdditionOutcome.added
    if let present = try index.contentHash(ofID: article.id) {
      if present == hash { return .unchanged }
      _ = try index.delete(id: article.id)
      outcome = .replaced
    }
    title.removeAll()
    body.removeAll()
    analyzer.analyze(article.title, into: &title)
    analyzer.analyze(article.body, into: &body)
    layout.removeAll()
    layout.append(title, from: 0)
    // One position is left out between two fields, as the format of positions has it.
    layout.append(body, from: UInt32(title.count + 1))
    let builder = try index.builder(forWords: title.count + body.count)
    builder.addField(termBytes: title.termBytes.span, offsets: title.termOffsets.span, lengths: title.termLengths.span)
    builder.addField(termBytes: body.termBytes.span, offsets: body.termOffsets.span, lengths: body.termLengths.span)
    try builder.endDocument(
      id: article.id, date: article.date.map(DocumentDate.init),
      keywordForms: KeywordField.allCases.map { field in article.keywords[field].map(analyzer.keyword) }, contentHash: hash,
      summary: DocumentSummary(
        furtherTexts: [article.title], keywords: KeywordField.allCases.map { article.keywords[$0] }, url: article.url,
        origin: article.origin),
      text: article.body.utf8Span.span, layout: layout)
    return outcome
  }

  func commit() throws(SearchError) -> IndexSnapshot {
    try rethrowingAsSearchError(path: path) { () throws(StorageError) in try index.commit() }
  }

  func rollBack() { index.rollBack() }
}

extension DocumentDate {
  /// The date of an article in the engine's plain numbers.
  init(_ date: ArticleDate) {
    self.init(day: date.firstDay, second: date.second, precision: date.precision.rawValue)
  }
}

extension ArticleDate {
  /// The date of an article from the engine's plain numbers; a precision that nobody wrote counts as the day.
  init(_ date: DocumentDate) {
    self.init(firstDay: date.day, second: date.second, precision: Precision(rawValue: date.precision) ?? .day)
  }
}

extension Article {
  /// A hash of what the article says; where it was read from is no part of that.
  var contentHash: UInt64 {
    var writer = ByteWriter(capacity: title.utf8.count + body.utf8.count + 64)
    writer.append(lengthPrefixed: title)
    writer.append(lengthPrefixed: body)
    for part in [date?.description, url] + KeywordField.allCases.map({ keywords[$0] }) {
      writer.append(UInt8(part == nil ? 0 : 1))
      writer.append(lengthPrefixed: part ?? "")
    }
    return Checksum.of(writer.bytes.span)
  }
}

extension DocumentLayout {
  /// Appends the borders and capitals of a field whose first word stands at `start`.
  mutating func append(_ tokens: borrowing TokenBatch, from start: UInt32) {
    let shapes = tokens.shapes.span
    // Bits rather than set operations: those are generic calls into another module, once per word.
    let borders = TokenShape([.startsSentence, .startsParagraph]).rawValue
    let capitalBits = TokenShape([.startsUpper, .hasInnerUpper]).rawValue
    for index in shapes.indices {
      let shape = shapes[index]
      guard shape & (borders | capitalBits) != 0 else { continue }
      let position = start + UInt32(index)
      if index > 0, shape & borders != 0 {
        sentenceStarts.append(position)
        if shape & TokenShape.startsParagraph.rawValue != 0 { paragraphStarts.append(position) }
      }
      if shape & capitalBits != 0 { capitals.append((position, LetterCase(TokenShape(rawValue: shape)))) }
    }
  }
}

extension DocumentLayout.LetterCase {
  /// How a word with a capital letter was written.
  init(_ shape: TokenShape) {
    if !shape.contains(.hasInnerUpper) {
      self = .capitalized
    } else if shape.contains(.startsUpper) && !shape.contains(.hasInnerLower) {
      self = .upper
    } else {
      self = .mixed
    }
  }
}
