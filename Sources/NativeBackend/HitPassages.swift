import Passages
import QueryLanguage
import SearchAPI
import TextAnalysis

/// The marks and the passage of one hit.
struct HitPassages {
  let title: MarkedText
  let passage: MarkedText?

  /// Finds in an article's own text why the query matched it; `body` is nil where the index stores no text.
  init(_ query: Query, in hit: SearchHit, body: String?, length: Int) {
    let title = hit.title.text
    let query = query.answeringFilters(keywords: hit.keywords.mapValues(Analyzer().keyword), date: hit.date)
    let titleTokens = HitPassages.tokens(of: title)
    let bodyTokens = HitPassages.tokens(of: body ?? "")
    let intervals = query.matchedIntervals(in: [.title: titleTokens.words, .body: bodyTokens.words])
    self.title = MarkedText(title, marks: PassageFinder.marks(of: intervals[.title] ?? [], in: titleTokens))
    passage = body.map { body in
      let passage = PassageFinder(longest: length).passage(of: body, tokens: bodyTokens, intervals: intervals[.body] ?? [])
      return MarkedText(
        passage.text, marks: passage.marks, isCutBefore: passage.isCutBefore, isCutAfter: passage.isCutAfter)
    }
  }

  private static func tokens(of text: String) -> TokenBatch {
    var tokens = TokenBatch()
    Analyzer().analyze(text, into: &tokens)
    return tokens
  }
}

extension TokenBatch {
  /// The folded words in order.
  fileprivate var words: [String] { (0..<count).map(term) }
}
