import ArgumentParser
import QueryLanguage
import TextRetrieval

/// Times every query of a list in this process, and writes what it took and what was found.
struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time the queries of a list, as `Benchmarks/Peers` does for other engines.")

  @Argument(help: "The folder of the index.") var index: String
  @Argument(help: "Lines id<TAB>class<TAB>type<TAB>words.") var queries: String
  @Option(help: "The file that takes the results.") var out: String
  @Option(help: "The commands to time, with commas between.") var commands = "TOP_10,TOP_10_COUNT,COUNT"
  @Option(help: "How often each query is timed.") var iters = 7
  @Option(help: "For how many seconds queries run before the clock counts.") var warm = 3.0
  @Option(help: "Only queries of this type.") var type: String?
  @Option(help: "Only articles of these dates, as in `date:`.") var dates: String?
  @Flag(help: "Find the newest articles instead of the best.") var newest = false
  @Flag(help: "Score every match, without pruning.") var exhaustive = false

  mutating func run() throws {
    let opened = try GameIndex(openingAt: index, exhaustively: exhaustive, ranking: newest ? .newest : .relevance)
    var list = try MeasuredQuery.list(inFile: queries).filter { type == nil || $0.type == type }
    if let dates {
      guard let range = DateRange(dates) else { throw ValidationError("\(dates) is not a date or a range of dates") }
      list = list.map { $0.restricted(to: range) }
    }
    var results: [String: [Measurement]] = [:]
    for name in commands.split(separator: ",").map(String.init) {
      guard let command = GameCommand(name) else { throw ValidationError("unknown command \(name)") }
      let measurements = try Measurement.measure(list, command, on: opened, iterations: max(1, iters), warmup: .seconds(warm))
      results[name] = measurements
      Measurement.printSummary(of: measurements, command: name)
    }
    try MeasurementReport(
      engine: exhaustive ? "lede-exhaustive" : "lede", index: index, queries: queries, iters: iters, results: results
    ).write(to: out)
  }
}
