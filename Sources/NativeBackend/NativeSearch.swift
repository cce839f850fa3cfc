import IndexStorage
import InvertedIndex
import Passages
import QueryLanguage
import SearchAPI
import TextAnalysis
import TextRetrieval

/// Answers one request on one snapshot.
struct NativeSearch {
  private let request: SearchRequest
  private let snapshot: IndexSnapshot
  private let decompressor = Decompressor()

  init(_ request: SearchRequest, _ snapshot: IndexSnapshot) {
    self.request = request
    self.snapshot = snapshot
  }

  func response() throws(StorageError) -> SearchResponse {
    let (wanted, overflowed) = request.limit.addingReportingOverflow(request.offset)
    let found = try Searcher(snapshot).search(
      request.query,
      parameters: ScoringParameters(
        k1: request.scoring.k1, b: request.scoring.b,
        fieldWeights: TextField.allCases.map { request.scoring.weight(of: $0) }),
      ranking: DocumentRanking(request.order), limit: request.limit == 0 ? 0 : overflowed ? .max : wanted,
      countsMatches: request.countsMatches)
    var hits: [SearchHit] = []
    for document in found.documents.dropFirst(request.offset) { hits.append(try hit(document)) }
    return SearchResponse(hits: hits, matchCount: request.countsMatches ? found.matchCount : nil)
  }

  private func hit(_ found: FoundDocument) throws(StorageError) -> SearchHit {
    let segment = snapshot.segments[found.segment]
    let summary = try segment.summary(found.document, decompressor)
    var hit = SearchHit(
      id: try segment.id(found.document), score: found.score, title: MarkedText(summary.title),
      date: try segment.date(found.document).map(ArticleDate.init), keywords: summary.keywordValues, url: summary.url,
      passage: nil)
    if let length = request.passageLength {
      let text = try segment.text(found.document, decompressor)
      let marked = HitPassages(request.query, in: hit, body: text, length: length)
      hit.title = marked.title
      hit.passage = marked.passage
    }
    return hit
  }
}

extension DocumentRanking {
  init(_ order: ResultOrder) {
    self =
      switch order {
      case .relevance: .relevance
      case .newest: .newest
      case .oldest: .oldest
      }
  }
}

extension DocumentSummary {
  /// The headline.
  var title: String { furtherTexts.first ?? "" }

  /// The raw keyword values by field.
  var keywordValues: [KeywordField: String] {
    var values: [KeywordField: String] = [:]
    for (field, value) in zip(KeywordField.allCases, keywords) { values[field] = value }
    return values
  }
}

extension SegmentReader {
  /// A document as the article it was; without its body where the index stores no text.
  func article(_ document: Int) throws(StorageError) -> Article {
    let summary = try summary(document)
    return Article(
      id: try id(document), title: summary.title, body: try text(document) ?? "",
      date: try date(document).map(ArticleDate.init), keywords: summary.keywordValues, url: summary.url, origin: summary.origin)
  }
}
