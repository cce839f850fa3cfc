import ArgumentParser
import QueryLanguage
import SearchAPI

/// `lede search`: ranked hits, or their count, ids or JSON.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find articles, the best first.",
    discussion: """
      Words side by side must all occur; OR, NOT, brackets, "phrases", title:word, source:"a name" and date:1987-03..1987-06 combine freely:

        lede search 'infrastructure -bipartisan title:bridges date:2021-08..'

      Quote the whole query, or put it after --, so that -word is not taken for an option.
      """)

  @Argument(help: "What to look for.")
  var query: [String]

  @Option(name: [.customShort("n"), .customLong("limit")], help: "How many hits to show.")
  var limit = 10

  @Option(help: "How many of the best hits to pass over.")
  var offset = 0

  @Option(help: "The order: relevance, newest or oldest.")
  var sort = ResultOrder.relevance

  @Option(help: ArgumentHelp("Only articles of this date or later.", valueName: "date"))
  var since: ArticleDate?

  @Option(help: ArgumentHelp("Only articles of this date or earlier.", valueName: "date"))
  var until: ArticleDate?

  @Flag(help: "Words side by side: any of them instead of all.")
  var any = false

  @OptionGroup var output: SearchOutput
  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var location: IndexLocation

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("-n takes a number of 0 or more, not \(limit).") }
    guard offset >= 0 else { throw ValidationError("--offset takes a number of 0 or more, not \(offset).") }
    if let since, let until, until.lastDay < since.firstDay {
      throw ValidationError("--until \(until) lies before --since \(since), so nothing could match.")
    }
  }

  func run() async throws {
    let backend = try await OpenIndex.existing(at: location.pathOfExisting())
    let parsed = backend.parse(query.joined(separator: " "), QueryOptions(joinsWithOr: any))
    for note in parsed.notes { Messages.write("note: \(note)") }
    let query = dated(parsed.query)
    if output.explainsQuery {
      try await explain(query, on: backend)
    } else if output.count {
      try await count(query, on: backend)
    } else {
      try await list(query, on: backend)
    }
  }

  /// The query with the dates of `--since` and `--until`.
  private func dated(_ query: Query) -> Query {
    guard since != nil || until != nil else { return query }
    let range = Query.date(DateRange(firstDay: since?.firstDay ?? .min, lastDay: until?.lastDay ?? .max))
    return if case .and(let parts) = query { .and(parts + [range]) } else { .and([query, range]) }
  }

  private func explain(_ query: Query, on backend: any SearchBackend) async throws {
    let results = ResultOutput()
    for line in try await QueryTree(query, on: backend).lines { try results.write(line + "\n") }
    try results.finish()
  }

  private func count(_ query: Query, on backend: any SearchBackend) async throws {
    let count = try await backend.search(SearchRequest(query, limit: 0, countsMatches: true)).matchCount ?? 0
    let results = ResultOutput()
    try results.write(output.json ? JSONOutput.line(CountRecord(count: count)) : "\(count)\n")
    try results.finish()
    if count == 0 { throw ExitStatus.noMatch }
  }

  private func list(_ query: Query, on backend: any SearchBackend) async throws {
    let isPage = !output.json && !output.idsOnly
    let request = SearchRequest(
      query, limit: limit, offset: offset, order: sort, scoring: scoring.parameters, countsMatches: isPage,
      passageLength: output.idsOnly ? nil : output.passageLength)
    let start = ContinuousClock.now
    let response = try await backend.search(request)
    let elapsed = ContinuousClock.now - start

    let results = ResultOutput()
    if output.json {
      for (index, hit) in response.hits.enumerated() {
        try results.write(JSONOutput.line(HitRecord(hit, rank: offset + index + 1)))
      }
    } else if output.idsOnly {
      for hit in response.hits { try results.write(output.printed(id: hit.id) + "\n") }
    } else if response.hits.isEmpty {
      Messages.write(emptyPageMessage(query, matchCount: response.matchCount ?? 0))
    } else {
      let printer = HitPrinter(terminal: .results)
      try results.write(
        printer.header(
          hitCount: response.hits.count, offset: offset, matchCount: response.matchCount, elapsed: elapsed, query: query))
      try results.write(printer.page(response.hits, offset: offset, showsScores: sort == .relevance))
    }
    try results.finish()
    if response.hits.isEmpty, (response.matchCount ?? 0) == 0 { throw ExitStatus.noMatch }
  }

  private func emptyPageMessage(_ query: Query, matchCount: Int) -> String {
    guard matchCount > 0 else { return "No article matches \(query)." }
    let matches = Figures.count(matchCount, "article matches", "articles match")
    return "\(matches) \(query); none is left to show with -n \(limit) --offset \(offset)."
  }
}

extension ResultOrder: ExpressibleByArgument {}

extension ArticleDate: ExpressibleByArgument {
  /// A date as `ArticleDate` reads it.
  public init?(argument: String) { self.init(argument) }
}
