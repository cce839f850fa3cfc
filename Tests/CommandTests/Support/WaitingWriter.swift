import Foundation

/// A run that should have taken the writer lock and did not.
struct NeverWrote: Error {}

/// An `index` run that has begun and waits for more on its standard input.
final class WaitingWriter {
  private let process: Process
  private let input = Pipe()
  private let archive: SmallArchive
  private static let longestWait = Duration.seconds(30)

  /// Starts the run and hands it one article about lumber and many about nothing, more than a reader takes in at once.
  init(_ archive: SmallArchive) throws {
    self.archive = archive
    process = LedeProcess.process(LedeProcess.executable.path, ["index", "-", "--format", "jsonl", "--index", archive.index])
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let padding = (0..<500).map { #"{"id":"p\#($0)","title":"Padding","body":"\#(String(repeating: "nothing ", count: 150))"}"# }
    let lines = [#"{"id":"w1","title":"Waiting","body":"lumber"}"#] + padding
    try input.fileHandleForWriting.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// Returns once the run holds the writer lock: seen by another writer that is refused.
  func waitUntilWriting() async throws {
    let end = ContinuousClock.now + WaitingWriter.longestWait
    while ContinuousClock.now < end {
      if try await archive.index(archive.folder.path("articles")).status == 7 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw NeverWrote()
  }

  /// Ends the input and returns the exit code.
  func finish() async throws -> Int32 {
    try input.fileHandleForWriting.close()
    return try await status()
  }

  /// Presses Ctrl-C, sends one more article so that the run looks up, and returns the exit code.
  func interrupt() async throws -> Int32 {
    process.interrupt()
    try await Task.sleep(for: .milliseconds(200))
    try? input.fileHandleForWriting.write(contentsOf: Data((#"{"id":"w2","title":"More","body":"lumber"}"# + "\n").utf8))
    try? input.fileHandleForWriting.close()
    return try await status()
  }

  private func status() async throws -> Int32 {
    let end = ContinuousClock.now + WaitingWriter.longestWait
    while process.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
    if process.isRunning { process.terminate() }
    return LedeProcess.status(of: process)
  }
}
