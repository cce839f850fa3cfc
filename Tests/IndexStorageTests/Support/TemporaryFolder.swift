import Foundation

@testable import IndexStorage

/// A folder of the file system that goes when the value is let go.
final class TemporaryFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("lede-storage-\(UUID().uuidString)").path
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func pathOf(_ name: String) -> String { "\(path)/\(name)" }

  /// The permission bits of the folder itself, or of something in it.
  func permissions(of name: String? = nil) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: name.map(pathOf) ?? path)
    return (attributes[.posixPermissions] as? Int) ?? -1
  }

  /// How many descriptors of this process are open inside the folder; nil where the system does not say.
  var openDescriptorCount: Int? {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") else { return nil }
    return entries.count { entry in
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(entry)")
      return target?.hasPrefix(path) ?? false
    }
  }
}

/// Runs a program and waits for it; returns its exit status, or nil where it is not there.
func run(_ program: String, _ arguments: [String]) -> Int32? {
  guard let process = start(program, arguments) else { return nil }
  process.waitUntilExit()
  return process.terminationStatus
}

/// Starts a program that the search path knows.
func start(_ program: String, _ arguments: [String], output: Pipe? = nil) -> Process? {
  guard let path = pathOfProgram(program) else { return nil }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.standardError = FileHandle.nullDevice
  if let output { process.standardOutput = output }
  do { try process.run() } catch { return nil }
  return process
}

func pathOfProgram(_ program: String) -> String? {
  (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
}
