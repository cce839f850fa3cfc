import Foundation

/// A temporary folder that goes with the value.
final class ScratchFolder: Sendable {
  let url: URL

  /// Makes an empty folder.
  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("lede-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of something in the folder.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file and returns where it is; folders on the way are made.
  @discardableResult
  func file(_ name: String, _ content: Data) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    return file
  }

  /// Writes a file of text and returns its path.
  @discardableResult
  func file(_ name: String, _ content: String) throws -> String { try file(name, Data(content.utf8)).path }

  /// An empty file, open for writing.
  func fileForWriting(_ name: String) throws -> (url: URL, handle: FileHandle) {
    let url = try file(name, Data())
    return (url, try FileHandle(forWritingTo: url))
  }

  /// The names of the files in the folder or a folder below it.
  func names(in folder: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }
}
