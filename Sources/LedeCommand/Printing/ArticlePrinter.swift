import QueryLanguage
import SearchAPI

/// An article set for reading: title, where it is from, and its text with its own line breaks, long lines wrapped.
struct ArticlePrinter {
  let terminal: Terminal

  /// The article as lines of the terminal.
  func text(of article: Article) -> String {
    var lines = LineBreaker.lines(of: StyledText(PrintableText.line(of: article.title), .bold), width: terminal.width)
    if article.title.isEmpty { lines = [] }
    let facts = [article.date?.description] + KeywordField.allCases.map { article.keywords[$0] }
    let factLine = facts.compactMap { $0 }.map(PrintableText.line(of:)).filter { !$0.isEmpty }.joined(separator: " · ")
    for fact in [factLine, article.url.map(PrintableText.line(of:)) ?? ""] where !fact.isEmpty {
      lines += LineBreaker.lines(of: StyledText(fact, .dim), width: terminal.width)
    }
    if !article.body.isEmpty {
      if !lines.isEmpty { lines.append(StyledText()) }
      for line in PrintableText.lines(of: article.body) {
        lines += LineBreaker.lines(of: StyledText(line), width: terminal.width)
      }
    }
    return lines.map { $0.rendered(on: terminal) + "\n" }.joined()
  }
}
