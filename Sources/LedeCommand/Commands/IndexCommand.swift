import ArchiveReaders
import ArgumentParser
import NativeBackend
import SearchAPI

/// `lede index`: brings an index up to date with the articles of files, folders or standard input, all or nothing.
struct IndexCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Add and replace articles: files, folders, or standard input.",
    discussion: """
      Reads .txt, .jsonl, .json, .csv, .tsv and Reuters .sgm, also compressed as .gz or .zst. A record that cannot be read is named and \
      counted, and the run goes on.

      Indexing the same path again adds what is new and replaces what has changed, by id. With --prune it also deletes what is no longer \
      there: everything in the index that this run does not see, so name all that belongs into it. Where anything was skipped, nothing \
      is deleted.

        lede index ~/articles
        lede index ~/articles --prune
        lede index dump.csv --map title=headline,body=text
        zcat dump.jsonl.gz | lede index --format jsonl -
      """)

  @OptionGroup var input: ArchiveInputOptions

  @Option(help: "The engine of a new index: native or sqlite.")
  var backend: BackendKind?

  @Option(help: ArgumentHelp("The memory to use for building, such as 256M.", valueName: "size"))
  var memory: MemorySize?

  @Option(help: ArgumentHelp("The threads that build a native index; all processors unless said.", valueName: "number"))
  var threads: Int?

  @Flag(name: .customLong("no-store"), help: "Keep no article text: a smaller index without passages.")
  var leavesTextOut = false

  @Flag(name: .customLong("no-pairs"), help: "Index no pairs of frequent words: smaller and sooner built, slower phrases.")
  var leavesPairsOut = false

  @Flag(help: "Delete the articles that this run does not see.")
  var prune = false

  @Flag(name: .customLong("dry-run"), help: "Show the first three articles as they would be read, and change nothing.")
  var isDryRun = false

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @OptionGroup var location: IndexLocation

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads takes a number from 1 to 256.")
    }
    guard !(prune && isDryRun) else {
      throw ValidationError("--dry-run reads three articles and cannot say what --prune would delete; leave one of them out.")
    }
  }

  func run() async throws {
    if isDryRun {
      try DryRun(terminal: .results).run(input.stream())
    } else {
      try await index()
    }
  }

  private func index() async throws {
    let options = OpenIndex.WritingOptions(
      kind: backend, memory: memory, threads: threads, storesText: !leavesTextOut, indexesPairs: !leavesPairsOut)
    let summary = try await Signals.cancellingOnInterrupt { [input, prune, path = location.pathForIndexing] in
      let start = ContinuousClock.now
      // The archive comes first: where it cannot be read or holds nothing, no index is made.
      let stream = try input.stream()
      guard let first = stream.next() else {
        let nothing = IndexingSummary.emptyArchive(stream.counters)
        throw Failure(.noMatch, prune ? nothing + " Nothing was deleted." : nothing)
      }
      let isNew = BackendKind(ofIndexAt: path) == nil
      let index = try await OpenIndex.writing(at: path, options)
      let tally = try await IndexingRun.run(first, then: stream, into: index, prunes: prune)
      let elapsed = ContinuousClock.now - start
      return IndexingSummary(
        tally: tally, isOfNewIndex: isNew, prunes: prune, seconds: elapsed / .seconds(1),
        indexBytes: try await index.statistics().byteCount, transaction: (index as? NativeBackend)?.lastTransaction,
        peakMemoryBytes: PeakMemory.byteCount)
    }

    let results = ResultOutput()
    try results.write(json ? JSONOutput.line(summary.record) : summary.text(on: .results))
    try results.finish()
    for message in summary.messages { Messages.write(message) }
    if summary.tally.skippedCount > 0 { throw ExitStatus.inputOutput }
  }
}
