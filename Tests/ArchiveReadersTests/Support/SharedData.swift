import Foundation

/// The folder of real text beside the package, which need not be there.
enum SharedData {
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["LEDE_SHARED"] { return URL(fileURLWithPath: path) }
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared")
  }()

  static func path(_ name: String) -> String { root.appendingPathComponent("corpora").appendingPathComponent(name).path }

  static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Whether the long forms of tests are asked for.
  static let runsLongTests = ProcessInfo.processInfo.environment["LEDE_LONG"] == "1"

  /// Unpacks a tar archive into a folder.
  static func unpack(_ name: String, into folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "-xzf", path(name), "-C", folder.path]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
  }
}
