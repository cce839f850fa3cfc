import ArchiveReaders
import ArgumentParser
import NativeBackend
import SearchAPI

/// Builds an index of the articles on standard input, with positions and without their text, as the other engines do.
struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Index JSON lines {\"id\",\"text\"} from standard input.")

  @Argument(help: "The folder of the new index.") var index: String
  @Flag(help: "Store the text as well.") var store = false
  @Option(help: "The memory that building may take, in megabytes.") var memory = 4096

  mutating func run() async throws {
    let start = ContinuousClock.now
    let backend = try NativeBackend(creatingAt: index, NativeOptions(memoryByteCount: memory << 20, storesText: store))
    let stream = try ArchiveStream(inputs: [ArchiveInput("-")], options: ReadingOptions(format: .jsonl))
    try await backend.write { writer in
      for result in stream {
        switch result {
        case .article(let article):
          let outcome = try await writer.add(article)
          guard outcome == .added else { throw ValidationError("\(article.origin): \(outcome)") }
        case .skipped(let record): throw ValidationError("\(record.origin): \(record.reason)")
        }
      }
    }
    let report = BuildReport(
      statistics: try await backend.statistics(), inputByteCount: stream.bytesRead,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    print(try report.json)
  }
}
