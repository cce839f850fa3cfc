import ArgumentParser
import Foundation
import SearchAPI

/// `lede bench`: both backends over the same articles and queries, side by side.
struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Compare the backends on the same articles and queries.",
    discussion: """
      Builds an index with each backend in a temporary folder, each in a process of its own, and runs every query of the list on both in turn.

        lede bench data/queries.txt data/archive

      The list is a text file with a query a line, a .tsv whose last column is the query, or a .jsonl with `query` objects.
      """)

  @Argument(help: "The query list.", completion: .file())
  var queries: String

  @Argument(help: "Files and folders of articles to build from.", completion: .file())
  var paths: [String] = []

  @Option(help: ArgumentHelp("A native index to use instead of building one.", valueName: "dir"), completion: .directory)
  var native: String?

  @Option(help: ArgumentHelp("An sqlite index to use instead of building one.", valueName: "dir"), completion: .directory)
  var sqlite: String?

  @Option(help: "How often each query runs on each backend; its best time counts.")
  var rounds = 5

  @Option(name: [.customShort("n"), .customLong("limit")], help: "How many hits to ask for.")
  var limit = 10

  @Flag(help: "Words side by side: any of them instead of all. Lists with tags are read so by themselves.")
  var any = false

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds takes a number of 1 or more, not \(rounds).") }
    guard limit >= 1 else { throw ValidationError("-n takes a number of 1 or more, not \(limit).") }
    guard paths.isEmpty == (native != nil && sqlite != nil) else {
      throw ValidationError("Name the articles to build from, or an index for both --native and --sqlite.")
    }
    guard !paths.contains("-") else { throw ValidationError("Standard input can be read only once; name files or folders.") }
  }

  func run() async throws {
    let list = try BenchmarkQueryList.read(queries, joinsWithOr: any)
    let temporary = FileManager.default.temporaryDirectory.appendingPathComponent("lede-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: temporary, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: temporary) }

    let report = BenchmarkReport(backends: BackendKind.allCases.map(\.rawValue))
    let results = ResultOutput()
    var backends: [any SearchBackend] = []
    var builds: [IndexingSummary.Record] = []
    for kind in BackendKind.allCases {
      var path = kind == .native ? native : sqlite
      if path == nil {
        let built = temporary.appendingPathComponent(kind.rawValue).path
        builds.append(try await BackendBuild.run(kind, index: built, input: paths))
        path = built
      }
      if let path { backends.append(try await OpenIndex.existing(at: path)) }
    }
    if builds.count == BackendKind.allCases.count {
      try results.write("\(Figures.count(builds[0].articles, "article")), \(Figures.bytes(builds[0].textBytes)) of text\n\n")
      for line in report.buildLines(builds) { try results.write(line + "\n") }
      try results.write("\n")
      try results.finish()
    }

    var measurements: [QueryMeasurement] = []
    for query in list {
      measurements.append(try await QueryMeasurement(query, on: backends, rounds: rounds, limit: limit))
    }
    let count = Figures.count(list.count, "query", "queries")
    try results.write("\(count), top \(limit), best of \(Figures.count(rounds, "round")), backends in turn\n\n")
    for line in report.queryLines(measurements) { try results.write(line + "\n") }
    try results.finish()
  }
}
