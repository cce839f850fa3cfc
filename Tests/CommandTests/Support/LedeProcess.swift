import Foundation
import IndexStorage
import Testing

/// A finished run of the built command.
struct LedeRun {
  /// The exit code; 128 + n where signal n ended the run.
  var status: Int32
  var output: String
  var errors: String

  /// The lines of standard output.
  var lines: [Substring] { output.split(separator: "\n") }
}

/// The built command, as a person would start it.
enum LedeProcess {
  /// The command beside the test bundle.
  static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? Bundle.main.bundleURL
    let folders = [bundle, bundle.deletingLastPathComponent(), Bundle.main.bundleURL]
    let found = folders.map { $0.appendingPathComponent("lede") }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    return found ?? bundle.appendingPathComponent("lede")
  }()

  /// Runs the command to its end.
  static func run(
    _ arguments: String..., input: Data? = nil, in folder: URL? = nil, environment: [String: String] = [:]
  ) async throws -> LedeRun {
    try await run(executable.path, arguments, input: input, in: folder, environment: environment)
  }

  /// Runs a program to its end, or until it is killed.
  static func run(
    _ program: String, _ arguments: [String], input: Data? = nil, in folder: URL? = nil, environment: [String: String] = [:],
    killedAfter delay: Duration? = nil
  ) async throws -> LedeRun {
    let scratch = try ScratchFolder()
    let process = process(program, arguments, in: folder, environment: environment)
    let output = try scratch.fileForWriting("output")
    let errors = try scratch.fileForWriting("errors")
    process.standardOutput = output.handle
    process.standardError = errors.handle
    let inputHandle = try input.map { try FileHandle(forReadingFrom: scratch.file("input", $0)) }
    process.standardInput = inputHandle ?? FileHandle.nullDevice
    // A process that has ended keeps its handles, and hundreds of runs would hold a thousand files open.
    defer {
      for handle in [output.handle, errors.handle, inputHandle] { try? handle?.close() }
    }
    try await finish(process, killedAfter: delay)
    return LedeRun(
      status: status(of: process), output: String(decoding: try Data(contentsOf: output.url), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors.url), as: UTF8.self))
  }

  /// The command, not yet started.
  static func process(
    _ program: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder ?? FileManager.default.temporaryDirectory
    // The variables of whoever runs the tests must not steer them.
    var all = ProcessInfo.processInfo.environment.filter { !["LEDE_INDEX", "NO_COLOR", "COLUMNS"].contains($0.key) }
    all["SWIFT_BACKTRACE"] = "enable=no"
    process.environment = all.merging(environment) { $1 }
    return process
  }

  /// Starts a process and waits for its end without holding a thread. Where a delay is given, it is killed after so long.
  static func finish(_ process: Process, killedAfter delay: Duration? = nil) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      // The number of a process that has ended may be another's soon.
      let hasEnded = Guarded(false)
      process.terminationHandler = { _ in
        hasEnded.withValue { $0 = true }
        continuation.resume()
      }
      do { try process.run() } catch { return continuation.resume(throwing: error) }
      guard let delay else { return }
      let identifier = process.processIdentifier
      DispatchQueue.global().asyncAfter(deadline: .now() + delay / .seconds(1)) {
        hasEnded.withValue { if !$0 { kill(identifier, SIGKILL) } }
      }
    }
  }

  /// The exit code as a shell gives it.
  static func status(of process: Process) -> Int32 {
    process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
  }
}
