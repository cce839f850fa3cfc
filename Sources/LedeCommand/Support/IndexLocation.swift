import ArgumentParser
import Foundation
import SearchAPI

/// Which index a command works on: `--index`, else `LEDE_INDEX`, else the nearest `.lede` folder here or above.
struct IndexLocation: ParsableArguments {
  @Option(name: .customLong("index"), help: ArgumentHelp("The index folder.", valueName: "dir"), completion: .directory)
  var folder: String?

  /// The name of the index folder that is looked for and made where none is named.
  static let folderName = ".lede"

  /// The path of the index, whether or not anything is there, or nil where nothing is named and no folder above has one.
  var path: String? {
    if let folder { return folder }
    if let variable = ProcessInfo.processInfo.environment["LEDE_INDEX"], !variable.isEmpty { return variable }
    return IndexLocation.nearest(from: FileManager.default.currentDirectoryPath)
  }

  /// The path to index into: where none is found, a new folder in the current one.
  var pathForIndexing: String { path ?? IndexLocation.folderName }

  /// The path of an index that must be there.
  func pathOfExisting() throws -> String {
    guard let path else {
      throw Failure(
        .inputOutput,
        """
        There is no \(IndexLocation.folderName) folder here or in any folder above; make an index with `lede index PATH`, \
        or name one with --index.
        """)
    }
    return path
  }

  private static func nearest(from start: String) -> String? {
    var folder = URL(fileURLWithPath: start, isDirectory: true).standardizedFileURL
    while true {
      let candidate = folder.appendingPathComponent(folderName, isDirectory: true)
      if BackendKind(ofIndexAt: candidate.path) != nil { return candidate.path }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      guard parent.path != folder.path else { return nil }
      folder = parent
    }
  }
}
