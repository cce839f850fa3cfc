import QueryLanguage
import SearchAPI
import TextAnalysis

extension ReferenceArticle {
  /// The article as a hit of a search.
  func hit(score: Double, _ request: SearchRequest, storesText: Bool) -> SearchHit {
    SearchHit(
      id: article.id, score: score, title: MarkedText(article.title), date: article.date, keywords: article.keywords,
      url: article.url,
      passage: nil)
  }
}
