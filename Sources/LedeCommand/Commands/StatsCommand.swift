import ArgumentParser
import QueryLanguage
import SearchAPI

/// `lede stats`: what the index holds, and the size of its parts.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Show what the index holds and how large its parts are.")

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var location: IndexLocation

  func run() async throws {
    let path = try location.pathOfExisting()
    let backend = try await OpenIndex.existing(at: path)
    let statistics = try await backend.statistics()
    let results = ResultOutput()
    if json {
      try results.write(JSONOutput.line(StatisticsRecord(statistics, backend: backend.name)))
    } else {
      for line in lines(statistics, path: path, backend: backend.name) { try results.write(line + "\n") }
    }
    try results.finish()
  }

  private func lines(_ statistics: IndexStatistics, path: String, backend: String) -> [String] {
    let distinctWords = (statistics.segmentCount > 1 ? "at most " : "") + Figures.count(statistics.distinctWordCount)
    let facts = [
      ("index", PrintableText.line(of: path)),
      ("backend", backend),
      ("articles", Figures.count(statistics.articleCount)),
      ("words", "\(Figures.count(statistics.wordCount)), \(distinctWords) different"),
      ("dates", statistics.dates.map { "\(day($0.lowerBound)) to \(day($0.upperBound))" } ?? "none"),
      ("segments", Figures.count(statistics.segmentCount)),
      ("text", statistics.storesText ? "stored" : "not stored"),
      ("size", Figures.bytes(statistics.byteCount)),
    ]
    let labelWidth = facts.map(\.0.count).max() ?? 0
    return facts.map { "\($0.0.leftAligned(inColumns: labelWidth))  \($0.1)" } + [""] + sizeTable(statistics).lines(indent: 2)
  }

  /// A date without its time of day.
  private func day(_ date: String) -> String { ArticleDate(date)?.calendarText ?? PrintableText.line(of: date) }

  private func sizeTable(_ statistics: IndexStatistics) -> Table {
    var table = Table()
    for part in statistics.partSizes {
      let share = statistics.byteCount == 0 ? 0 : Double(part.byteCount) / Double(statistics.byteCount) * 100
      table.append([PrintableText.line(of: part.name), Figures.bytes(part.byteCount), "\(Figures.decimal(share, places: 1)) %"])
    }
    return table
  }
}

/// The statistics as `lede stats --json` prints them.
private struct StatisticsRecord: Encodable {
  let v = JSONOutput.version
  let backend: String
  let articles: Int
  let words: Int
  let distinctWords: Int
  let firstDate: String?
  let lastDate: String?
  let segments: Int
  let storesText: Bool
  let bytes: Int
  let parts: [String: Int]

  init(_ statistics: IndexStatistics, backend: String) {
    self.backend = backend
    articles = statistics.articleCount
    words = statistics.wordCount
    distinctWords = statistics.distinctWordCount
    firstDate = statistics.dates?.lowerBound
    lastDate = statistics.dates?.upperBound
    segments = statistics.segmentCount
    storesText = statistics.storesText
    bytes = statistics.byteCount
    parts = Dictionary(statistics.partSizes.map { ($0.name, $0.byteCount) }, uniquingKeysWith: +)
  }
}
