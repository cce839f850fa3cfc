import ArgumentParser
import Foundation

/// Answers the game's commands line by line.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Answer lines COMMAND<TAB>QUERY from standard input.")

  @Argument(help: "The folder of the index.") var index: String

  mutating func run() throws {
    let index = try GameIndex(openingAt: index)
    while let line = readLine() {
      // Not `print`, which would hold answers back while the game waits for them.
      FileHandle.standardOutput.write(Data((try Serve.answer(line, index) + "\n").utf8))
    }
  }

  /// The number of matches where the command counts them, else 1, as the game has it.
  static func answer(_ line: String, _ index: GameIndex) throws -> String {
    let parts = line.split(separator: "\t", maxSplits: 1)
    guard parts.count == 2, let command = GameCommand(String(parts[0])) else { return "UNSUPPORTED" }
    let found = try index.run(command, GameIndex.parse(String(parts[1])))
    switch command {
    case .count, .top(_, counts: true): return String(found.matchCount)
    case .top(_, counts: false): return "1"
    }
  }
}
