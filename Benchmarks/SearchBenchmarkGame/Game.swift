import ArgumentParser

/// Lede as an engine of the search-benchmark-game (github.com/quickwit-oss/search-benchmark-game).
///
///     SearchBenchmarkGame build INDEX < articles.jsonl        {"id","text"} a line
///     SearchBenchmarkGame serve INDEX                         COMMAND<TAB>QUERY a line, one answer a line
///     SearchBenchmarkGame measure INDEX QUERIES.tsv --out RESULT.json
///     SearchBenchmarkGame oracle ARTICLES QUERIES.tsv --out RESULT.json
@main
struct Game: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "SearchBenchmarkGame", abstract: "Lede as an engine of the search-benchmark-game.",
    subcommands: [Build.self, Serve.self, Measure.self, Oracle.self])
}
