import ArgumentParser
import NativeBackend
import SearchAPI

/// Builds an index of the articles on standard input, with positions and without their text, as the other engines do.
struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Index JSON lines {\"id\",\"text\"} from standard input.")

  @Argument(help: "The folder of the new index.") var index: String
  @Flag(help: "Store the text as well.") var store = false
  @Flag(inversion: .prefixedNo, help: "Index pairs of frequent words, for phrases.") var pairs = true
  @Option(help: "The memory that building may take, in megabytes.") var memory = 4096

  @Option(help: "The threads that build.") var threads = 1

  mutating func run() async throws {
    let start = ContinuousClock.now
    let backend = try NativeBackend(
      creatingAt: index,
      NativeOptions(memoryByteCount: memory << 20, threadCount: threads, storesText: store, indexesPairs: pairs))
    let byteCount = try await backend.write { writer in try await ArticleInput.add("-", to: writer) }
    let report = BuildReport(
      statistics: try await backend.statistics(), inputByteCount: byteCount,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    print(try report.json)
  }
}
