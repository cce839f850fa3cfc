import ArgumentParser
import SearchAPI

/// `lede compact`: merges the index to one segment and gives back what is not needed.
struct CompactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Merge the index to one segment and give back the room of what was deleted.",
    discussion: """
      All or nothing. Worth it after much was deleted or replaced, or when an archive is complete; searches may go on meanwhile. The \
      disk needs room for a second copy of the index until it is done.
      """)

  @Flag(help: "Print one JSON object.")
  var json = false

  @OptionGroup var location: IndexLocation

  func run() async throws {
    let start = ContinuousClock.now
    let report = try await Signals.cancellingOnInterrupt { [path = try location.pathOfExisting()] in
      try await OpenIndex.existing(at: path).compact()
    }
    let elapsed = ContinuousClock.now - start
    let results = ResultOutput()
    try results.write(
      json
        ? JSONOutput.line(CompactionRecord(report, seconds: elapsed / .seconds(1)))
        : CompactCommand.line(of: report, elapsed) + "\n")
    try results.finish()
  }

  /// `Compacted 3 segments into 1 in 1.4 s · 310 deleted articles left out · index 9.1 MB, was 14.2 MB`
  static func line(of report: CompactionReport, _ elapsed: Duration) -> String {
    let (segments, bytes) = (report.segmentCount, report.byteCount)
    guard segments.before != segments.after || bytes.before != bytes.after || report.droppedArticleCount > 0 else {
      return "Compact already: \(Figures.count(segments.after, "segment")), \(Figures.bytes(bytes.after))."
    }
    var facts = [
      "Compacted \(Figures.count(segments.before, "segment")) into \(Figures.count(segments.after)) in \(Figures.duration(elapsed))"
    ]
    if report.droppedArticleCount > 0 {
      facts.append("\(Figures.count(report.droppedArticleCount, "deleted article")) left out")
    }
    facts.append("index \(Figures.bytes(bytes.after)), was \(Figures.bytes(bytes.before))")
    return facts.joined(separator: " · ")
  }
}

/// The report as `lede compact --json` prints it.
private struct CompactionRecord: Encodable {
  let v = JSONOutput.version
  let segmentsBefore: Int
  let segments: Int
  let bytesBefore: Int
  let bytes: Int
  let droppedArticles: Int
  let seconds: Double

  init(_ report: CompactionReport, seconds: Double) {
    segmentsBefore = report.segmentCount.before
    segments = report.segmentCount.after
    bytesBefore = report.byteCount.before
    bytes = report.byteCount.after
    droppedArticles = report.droppedArticleCount
    self.seconds = seconds
  }
}
