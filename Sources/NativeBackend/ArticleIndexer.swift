import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI
import TextAnalysis

/// Reads the words of articles and gives them to builders. For one thread at a time; its memory is used again.
struct ArticleIndexer {
  private let analyzer = Analyzer()
  private var title = TokenBatch()
  private var body = TokenBatch()
  private var layout = DocumentLayout()

  /// The words of the article analyzed last.
  var wordCount: Int { title.count + body.count }

  /// Finds the words of an article.
  mutating func analyze(_ article: Article) {
    title.removeAll()
    body.removeAll()
    analyzer.analyze(article.title, into: &title)
    analyzer.analyze(article.body, into: &body)
    layout.removeAll()
    layout.append(title, from: 0)
    // One position is left out between two fields, as the format of positions has it.
    layout.append(body, from: UInt32(title.count + 1))
  }

  /// Gives the article that was analyzed last to a builder, which must have been told of it.
  func add(_ article: Article, to builder: SegmentBuilder) throws(StorageError) {
    builder.addField(termBytes: title.termBytes.span, offsets: title.termOffsets.span, lengths: title.termLengths.span)
    builder.addField(termBytes: body.termBytes.span, offsets: body.termOffsets.span, lengths: body.termLengths.span)
    try builder.endDocument(
      date: article.date.map(DocumentDate.init),
      keywordForms: KeywordField.allCases.map { field in article.keywords[field].map(analyzer.keyword) },
      summary: DocumentSummary(
        furtherTexts: [article.title], keywords: KeywordField.allCases.map { article.keywords[$0] }, url: article.url,
        origin: article.origin),
      text: article.body.utf8Span.span, layout: layout)
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
