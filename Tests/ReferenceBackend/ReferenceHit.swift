import Passages
import QueryLanguage
import SearchAPI
import TextAnalysis

extension ReferenceArticle {
  /// The article as a hit of a search: what matched is marked in its headline and its best passage, where a passage is asked for.
  func hit(score: Double, _ request: SearchRequest, storesText: Bool) -> SearchHit {
    var hit = SearchHit(
      id: article.id, score: score, title: MarkedText(article.title), date: article.date, keywords: article.keywords,
      url: article.url,
      passage: nil)
    guard let length = request.passageLength, storesText else { return hit }
    let words = Dictionary(uniqueKeysWithValues: TextField.allCases.map { ($0, Analyzer().terms(in: article[$0])) })
    let intervals = request.query
      .answeringFilters(keywords: article.keywords.mapValues { Analyzer().keyword($0) }, date: article.date)
      .matchedIntervals(in: words)
    func tokens(_ field: TextField) -> TokenBatch {
      var batch = TokenBatch()
      Analyzer().analyze(article[field], into: &batch)
      return batch
    }
    hit.title.marks = PassageFinder.marks(of: intervals[.title] ?? [], in: tokens(.title))
    let passage = PassageFinder(longest: length).passage(
      of: article.body, tokens: tokens(.body), intervals: intervals[.body] ?? [])
    hit.passage = MarkedText(passage.text, marks: passage.marks, isCutBefore: passage.isCutBefore, isCutAfter: passage.isCutAfter)
    return hit
  }
}
