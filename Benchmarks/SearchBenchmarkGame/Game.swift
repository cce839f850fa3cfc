import ArgumentParser

/// Lede as an engine of the search-benchmark-game (github.com/quickwit-oss/search-benchmark-game).
///
///     lede-game build INDEX < articles.jsonl        {"id","text"} a line
///     lede-game serve INDEX                         COMMAND<TAB>QUERY a line, one answer a line
///     lede-game measure INDEX QUERIES.tsv --out RESULT.json
@main
struct Game: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lede-game", abstract: "Lede as an engine of the search-benchmark-game.",
    subcommands: [Build.self, Serve.self, Measure.self])
}
