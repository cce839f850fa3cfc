import ArchiveReaders
import QueryLanguage
import SearchAPI

/// The first three articles of an archive as they would be indexed, and what each of them lacks.
struct DryRun {
  let terminal: Terminal
  private static let articleCount = 3
  private static let bodyCharacters = 300

  /// Reads until three articles are found, and shows them.
  func run(_ stream: ArchiveStream) throws {
    let results = ResultOutput()
    var shownCount = 0
    var skippedCount = 0
    while shownCount < DryRun.articleCount, let result = stream.next() {
      switch result {
      case .article(let article):
        shownCount += 1
        try results.write(text(of: article, number: shownCount))
      case .skipped(let record):
        skippedCount += 1
        if skippedCount <= IndexingTally.namedCount { Messages.write("skipped: \(record)") }
      }
    }
    try results.finish()
    for warning in stream.counters.warnings { Messages.write("note: \(warning)") }
    guard shownCount > 0 else { throw Failure(skippedCount > 0 ? .inputOutput : .noMatch, "No article could be read.") }
    Messages.write("Nothing was indexed: this was a dry run.")
  }

  private func text(of article: Article, number: Int) -> String {
    let values: [(name: String, value: String?)] =
      [("id", article.id), ("title", article.title), ("date", article.date?.description)]
      + KeywordField.allCases.map { ($0.rawValue, article.keywords[$0]) } + [("url", article.url), ("body", body(of: article))]
    let present = values.filter { !($0.value ?? "").isEmpty }
    let missing = values.filter { ($0.value ?? "").isEmpty }.map(\.name)
    let labelWidth = 10
    var lines = [StyledText(PrintableText.line(of: "\(number)  \(article.origin)"), .dim)]
    for (name, value) in present {
      let wrapped = LineBreaker.lines(of: StyledText(PrintableText.line(of: value ?? "")), width: terminal.width - labelWidth)
      for (row, line) in wrapped.enumerated() {
        lines.append(StyledText((row == 0 ? name : "").leftAligned(inColumns: labelWidth) + line.text))
      }
    }
    if !missing.isEmpty {
      lines.append(StyledText("missing".leftAligned(inColumns: labelWidth) + missing.joined(separator: ", ")))
    }
    return lines.map { $0.rendered(on: terminal) + "\n" }.joined() + "\n"
  }

  private func body(of article: Article) -> String {
    let start = String(article.body.prefix(DryRun.bodyCharacters))
    return start.utf8.count < article.body.utf8.count ? "\(start) … (\(Figures.bytes(article.body.utf8.count)))" : start
  }
}
