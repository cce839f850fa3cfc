import ArchiveReaders
import ArgumentParser
import SearchAPI

/// `lede index`: adds the articles of files, folders or standard input to an index, all or nothing.
struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Add articles: files, folders, or standard input.",
    discussion: """
      Reads .txt, .jsonl, .json, .csv, .tsv and Reuters .sgm, also compressed as .gz or .zst. Indexing the same path again adds what is new. \
      A record that cannot be read is named and counted, and the run goes on.

        lede index ~/articles
        lede index dump.csv --map title=headline,body=text
        zcat dump.jsonl.gz | lede index --format jsonl -
      """)

  @OptionGroup var input: ArchiveInputOptions

  @Option(help: "The engine of a new index: native or sqlite.")
  var backend: BackendKind?

  @Option(help: ArgumentHelp("The memory to use for building, such as 256M.", valueName: "size"))
  var memory: MemorySize?

  @Flag(name: .customLong("no-store"), help: "Keep no article text: a smaller index without passages.")
  var leavesTextOut = false

  @Flag(name: .customLong("no-pairs"), help: "Index no pairs of frequent words: smaller and sooner built, slower phrases.")
  var leavesPairsOut = false

  @Flag(name: .customLong("dry-run"), help: "Show the first three articles as they would be read, and change nothing.")
  var isDryRun = false

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @OptionGroup var location: IndexLocation

  func run() async throws {
    if isDryRun {
      try DryRun(terminal: .results).run(input.stream())
    } else {
      try await index()
    }
  }

  private func index() async throws {
    let options = OpenIndex.WritingOptions(
      kind: backend, memory: memory, storesText: !leavesTextOut, indexesPairs: !leavesPairsOut)
    let summary = try await Signals.cancellingOnInterrupt { [input, path = location.pathForIndexing] in
      let start = ContinuousClock.now
      // The archive comes first: where it cannot be read or holds nothing, no index is made.
      let stream = try input.stream()
      guard let first = stream.next() else { throw Failure(.noMatch, IndexingSummary.emptyArchive(stream.counters)) }
      let index = try await OpenIndex.writing(at: path, options)
      let tally = try await IndexingRun.run(first, then: stream, into: index)
      let elapsed = ContinuousClock.now - start
      return IndexingSummary(
        tally: tally, seconds: elapsed / .seconds(1), indexBytes: try await index.statistics().byteCount,
        peakMemoryBytes: PeakMemory.byteCount)
    }

    let results = ResultOutput()
    try results.write(json ? JSONOutput.line(summary.record) : summary.text(on: .results))
    try results.finish()
    for message in summary.messages { Messages.write(message) }
    if summary.tally.skippedCount > 0 { throw ExitStatus.inputOutput }
  }
}
