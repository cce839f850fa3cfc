import Passages
import QueryLanguage
import SearchAPI
import TextAnalysis

/// Makes hits of articles: their headlines and best passages, with marks on what matched.
struct HitPresenter {
  private let request: SearchRequest
  private let storesText: Bool
  private let analyzer = Analyzer()

  init(_ request: SearchRequest, storesText: Bool) {
    self.request = request
    self.storesText = storesText
  }

  func hit(_ article: Article, score: Double) -> SearchHit {
    var hit = SearchHit(
      id: article.id, score: score, title: MarkedText(article.title), date: article.date, keywords: article.keywords,
      url: article.url,
      passage: nil)
    guard let passageLength = request.passageLength else { return hit }
    var tokens: [TextField: TokenBatch] = [:]
    for field in TextField.allCases {
      var batch = TokenBatch()
      analyzer.analyze(article[field], into: &batch)
      tokens[field] = batch
    }
    let intervals = matchedIntervals(in: article, tokens)
    hit.title.marks = PassageFinder.marks(of: intervals[.title] ?? [], in: tokens[.title]!)
    if storesText {
      let passage = PassageFinder(longest: passageLength).passage(
        of: article.body, tokens: tokens[.body]!, intervals: intervals[.body] ?? [])
      hit.passage = MarkedText(
        passage.text, marks: passage.marks, isCutBefore: passage.isCutBefore, isCutAfter: passage.isCutAfter)
    }
    return hit
  }

  private func matchedIntervals(in article: Article, _ tokens: [TextField: TokenBatch]) -> [TextField: [ClosedRange<Int>]] {
    let words = tokens.mapValues { batch in (0..<batch.count).map(batch.term) }
    // Without the body nobody can tell which groups of the query matched: every word of it that can score is marked in the
    // headline.
    guard storesText else {
      return Query.or(request.query.leaves.map { .phrase(.init($0.terms, in: $0.field)) }).matchedIntervals(in: words)
    }
    return request.query
      .answeringFilters(keywords: article.keywords.mapValues(analyzer.keyword), date: article.date)
      .matchedIntervals(in: words)
  }
}
