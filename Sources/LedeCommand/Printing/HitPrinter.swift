import QueryLanguage
import SearchAPI

/// The page of results a person reads: number, title, date and source, the best passage with its matches in bold, id and score.
///
///      1  Canada says softwood lumber tariff will hurt U.S. builders      1987-03-03  Reuters
///         … the 15 pct tariff on Canadian softwood lumber took effect in January …
///         reuters21578-4512                                                       score 9.84
struct HitPrinter {
  let terminal: Terminal
  private static let gap = 2
  private static let widestSource = 28
  private static let narrowestTitle = 20

  /// The line above the hits: how many, how fast, and how the query was understood.
  func header(hitCount: Int, offset: Int, matchCount: Int?, elapsed: Duration, query: Query) -> String {
    let shown = offset == 0 ? Figures.count(hitCount) : "\(Figures.count(offset + 1))-\(Figures.count(offset + hitCount))"
    let counts = matchCount.map { "\(shown) of \(Figures.count($0, "article"))" } ?? Figures.count(hitCount, "article")
    let line = StyledText(PrintableText.line(of: "\(counts) · \(Figures.duration(elapsed)) · \(query)"), .dim)
    return LineBreaker.lines(of: line, width: terminal.width).map { $0.rendered(on: terminal) + "\n" }.joined()
  }

  /// The hits in order, an empty line before each; the first has the rank `offset` + 1.
  func page(_ hits: [SearchHit], offset: Int, showsScores: Bool) -> String {
    let numberWidth = max(2, String(offset + hits.count).count)
    let indent = String(repeating: " ", count: numberWidth + HitPrinter.gap)
    let width = terminal.width - indent.count
    let sourceWidth = hits.map { DisplayWidth.of(source(of: $0)) }.max() ?? 0
    var page = ""
    for (index, hit) in hits.enumerated() {
      var lines = headLines(of: hit, width: width, sourceWidth: sourceWidth)
      if let passage = hit.passage, !passage.text.isEmpty { lines += LineBreaker.lines(of: StyledText(passage), width: width) }
      lines.append(footLine(of: hit, width: width, showsScore: showsScores))
      let number = String(offset + index + 1).rightAligned(inColumns: numberWidth) + String(repeating: " ", count: HitPrinter.gap)
      page += "\n"
      for (row, line) in lines.enumerated() { page += (row == 0 ? number : indent) + line.rendered(on: terminal) + "\n" }
    }
    return page
  }

  /// The title, over several lines where it is long; date and source stand at the right of the first, under those of the other
  /// hits.
  private func headLines(of hit: SearchHit, width: Int, sourceWidth: Int) -> [StyledText] {
    let day = (hit.date?.calendarText ?? "").leftAligned(inColumns: 10)
    let facts = sourceWidth == 0 ? day : day + "  " + source(of: hit).leftAligned(inColumns: sourceWidth)
    let factsWidth = DisplayWidth.of(facts)
    let title = hit.title.text.isEmpty ? StyledText("(no title)", .dim) : StyledText(hit.title)
    let titleWidth = max(HitPrinter.narrowestTitle, width - factsWidth - HitPrinter.gap)
    var lines = LineBreaker.lines(of: title, width: titleWidth)
    if facts.contains(where: { $0 != " " }) {
      lines[0].append(String(repeating: " ", count: titleWidth + HitPrinter.gap - DisplayWidth.of(lines[0].text)))
      lines[0].append(facts.trimmedAtEnd, .dim)
    }
    return lines
  }

  /// The id, whole and unbroken because it is copied into `lede show`, and the score: set right, or before an id that leaves no
  /// room for it.
  private func footLine(of hit: SearchHit, width: Int, showsScore: Bool) -> StyledText {
    let id = PrintableText.line(of: hit.id)
    guard showsScore else { return StyledText(id, .dim) }
    let score = "score \(Figures.decimal(hit.score, places: 2))"
    let space = width - DisplayWidth.of(id) - score.count
    guard space >= HitPrinter.gap else { return StyledText("\(score)  \(id)", .dim) }
    return StyledText(id + String(repeating: " ", count: space) + score, .dim)
  }

  private func source(of hit: SearchHit) -> String {
    PrintableText.line(of: hit.keywords[.source] ?? "").cut(toColumns: HitPrinter.widestSource)
  }
}

extension ArticleDate {
  /// The date without its time of day, which a list of articles does not need.
  var calendarText: String { precision == .second ? ArticleDate(firstDay: firstDay, precision: .day).description : description }
}
