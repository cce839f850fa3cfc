import InvertedIndex
import QueryLanguage
import SearchAPI
import TextAnalysis

/// An article with its tokens, ready for a segment.
struct AnalyzedArticle {
  let article: Article
  let title: TokenBatch
  let body: TokenBatch
  let layout: DocumentLayout

  init(_ article: Article) {
    var title = TokenBatch()
    var body = TokenBatch()
    Analyzer().analyze(article.title, into: &title)
    Analyzer().analyze(article.body, into: &body)
    var layout = DocumentLayout()
    layout.append(title.shapes, from: 0)
    layout.append(body.shapes, from: UInt32(title.count + 1))
    self.article = article
    self.title = title
    self.body = body
    self.layout = layout
  }

  var wordCount: Int { title.count + body.count }
  var byteCount: Int { article.title.utf8.count + article.body.utf8.count }
}

extension DocumentLayout {
  /// Appends the sentences and capital letters of a field whose first word stands at `start`. Paragraphs and words in capitals
  /// throughout are left out: they are few.
  fileprivate mutating func append(_ shapes: [UInt8], from start: UInt32) {
    for (index, bits) in shapes.enumerated() {
      let shape = TokenShape(rawValue: bits)
      if index > 0, shape.contains(.startsSentence) { sentenceStarts.append(start + UInt32(index)) }
      if shape.contains(.startsUpper) { capitals.append((start + UInt32(index), .capitalized)) }
    }
  }
}
