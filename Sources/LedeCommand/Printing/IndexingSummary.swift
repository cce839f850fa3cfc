import ArchiveReaders
import NativeBackend

/// What a run of indexing did, as a line for people or an object for programs.
struct IndexingSummary: Sendable {
  let tally: IndexingTally
  /// Whether the run made the index, so that it held nothing before.
  let isOfNewIndex: Bool
  /// Whether articles that the run did not see were to be deleted.
  let prunes: Bool
  let seconds: Double
  let indexBytes: Int
  /// What the run wrote; nil for an engine that does not say.
  let transaction: TransactionReport?
  let peakMemoryBytes: Int

  /// The line, broken where it is wider than a terminal; on one line for other programs.
  func text(on terminal: Terminal) -> String {
    guard terminal.isInteractive else { return line + "\n" }
    return LineBreaker.lines(of: StyledText(line), width: terminal.width).map { $0.text + "\n" }.joined()
  }

  /// `Indexed 570 articles (1.1 MB) in 1.4 s · 0.8 MB/s, 407 articles/s · 12 replaced · 20,995 already there · 3 deleted · index 14.2 MB · 182 MB memory at most`
  var line: String {
    var facts = [
      "Indexed \(Figures.count(tally.addedCount, "article")) (\(Figures.bytes(tally.addedBytes))) in \(Figures.duration(.seconds(seconds)))"
    ]
    if tally.addedCount > 0 {
      let articlesPerSecond = Int(Double(tally.addedCount) / max(seconds, 1e-9))
      facts.append(
        "\(Figures.rate(bytes: tally.addedBytes, in: .seconds(seconds))), \(Figures.count(articlesPerSecond)) articles/s")
    }
    if tally.replacedCount > 0 { facts.append("\(Figures.count(tally.replacedCount)) replaced") }
    if tally.unchangedCount > 0 { facts.append("\(Figures.count(tally.unchangedCount)) already there") }
    if let prunedCount = tally.prunedCount, prunedCount > 0 { facts.append("\(Figures.count(prunedCount)) deleted") }
    if tally.skippedCount > 0 { facts.append("\(Figures.count(tally.skippedCount)) skipped") }
    facts.append("index \(Figures.bytes(indexBytes))")
    if let transaction, transaction.mergeCount > 0 {
      facts.append(
        "\(Figures.count(transaction.segmentCount, "segment")) written, \(Figures.count(transaction.mergeCount, "merge")), \(Figures.decimal(transaction.writeAmplification, places: 1)) times the bytes"
      )
    }
    if peakMemoryBytes > 0 { facts.append("\(Figures.bytes(peakMemoryBytes)) memory at most") }
    return facts.joined(separator: " · ")
  }

  /// What to say of an archive without a single record.
  static func emptyArchive(_ counters: ReadingCounters) -> String {
    (readingMessages(counters) + ["There is no article to index at this place."]).joined(separator: "\n")
  }

  /// What else a person should know: the skipped records, the first by name, and what was read in part.
  var messages: [String] {
    var messages = tally.skippedRecords.map { "skipped: \($0)" }
    let unnamedCount = tally.skippedCount - tally.skippedRecords.count
    if unnamedCount > 0 { messages.append("skipped: and \(Figures.count(unnamedCount)) more") }
    messages += tally.counters.map(IndexingSummary.readingMessages) ?? []
    messages += tally.unusedMappings.map { "note: no record has a field `\($0)`, which --map names" }
    if isOfNewIndex, let origin = tally.firstReplacement {
      let records = Figures.count(tally.replacedCount, "record has", "records have")
      messages.append("note: \(records) the id of an earlier one and took its place, the first at \(origin)")
    }
    if prunes, tally.prunedCount == nil {
      messages.append(
        "Nothing was deleted: --prune would also take the articles of what was skipped. Mend that, or move it away, and index again."
      )
    }
    return messages
  }

  private static func readingMessages(_ counters: ReadingCounters) -> [String] {
    var messages = counters.warnings.map { "note: \($0)" }
    func note(_ count: Int, _ singular: String, _ plural: String, _ remark: String) {
      if count > 0 { messages.append("note: \(Figures.count(count, singular, plural)) \(remark)") }
    }
    note(counters.repairs, "place", "places", "with invalid characters repaired")
    note(counters.otherFiles, "file", "files", "of other kinds left alone")
    note(counters.links, "link or device", "links or devices", "not followed")
    return messages
  }

  /// The object of `lede index --json`.
  var record: Record {
    Record(
      articles: tally.addedCount, textBytes: tally.addedBytes, replaced: tally.replacedCount, unchanged: tally.unchangedCount,
      deleted: tally.prunedCount ?? 0, skipped: tally.skippedCount, seconds: seconds, indexBytes: indexBytes,
      segmentsWritten: transaction?.segmentCount, merges: transaction?.mergeCount,
      writeAmplification: transaction?.writeAmplification, peakMemoryBytes: peakMemoryBytes)
  }

  /// The summary as JSON.
  struct Record: Codable {
    var v = JSONOutput.version
    var articles: Int
    var textBytes: Int
    var replaced: Int
    var unchanged: Int
    var deleted: Int
    var skipped: Int
    var seconds: Double
    var indexBytes: Int
    var segmentsWritten: Int?
    var merges: Int?
    var writeAmplification: Double?
    var peakMemoryBytes: Int
  }
}
