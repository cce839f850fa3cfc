import ArgumentParser
import Foundation

/// The command `lede`.
@main
struct Lede: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lede",
    abstract: "Full-text search for news archives.",
    discussion: """
      Index a folder of articles, then search it:

        lede index ~/articles
        lede search 'lumber tariff'

      The index is the folder given with --index, else by the variable LEDE_INDEX, else the nearest .lede folder here or above.

      Exit codes: 0 found or done, 1 no match, 2 usage or query error, 3 input/output error or some records skipped, \
      4 damaged index, 5 disk full, 6 index of another version, 7 locked by another writer.
      """,
    version: "0.1.0",
    subcommands: [
      IndexCommand.self, SearchCommand.self, ShowCommand.self, DeleteCommand.self, StatsCommand.self, VerifyCommand.self,
      CompactCommand.self, BenchCommand.self,
    ])

  /// Reads the arguments, runs the command, and leaves with an ``ExitStatus``.
  static func main() async {
    Signals.ignoreBrokenPipesAndSizeLimits()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Failure(reporting: error).leave()
    }
  }
}
