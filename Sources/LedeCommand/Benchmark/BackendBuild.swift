import Foundation

/// Builds an index in a process of its own, so that its peak memory is its own.
enum BackendBuild {
  /// Runs this same program's `index` command and returns its summary.
  static func run(_ kind: BackendKind, index: String, input: [String]) async throws -> IndexingSummary.Record {
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments = ["index", "--backend", kind.rawValue, "--index", index, "--json"] + input
    let output = Pipe()
    process.standardOutput = output
    do {
      try process.run()
    } catch {
      throw Failure(.inputOutput, "The \(kind.rawValue) index cannot be built: \(error.localizedDescription)")
    }
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    // A skipped record, named above on standard error, does not spoil the comparison: both backends meet the same ones.
    guard [ExitStatus.success.rawValue, ExitStatus.inputOutput.rawValue].contains(process.terminationStatus),
      let summary = try? JSONDecoder().decode(IndexingSummary.Record.self, from: data)
    else {
      throw Failure(
        ExitStatus(rawValue: process.terminationStatus) ?? .inputOutput, "Building the \(kind.rawValue) index failed.")
    }
    return summary
  }
}
