import ArgumentParser
import Foundation
import NativeBackend
import SearchAPI

/// The engines the command can use. The one place where they are told apart: everything else speaks `SearchBackend`.
enum BackendKind: String, CaseIterable, Sendable, ExpressibleByArgument {
  case native
  case sqlite

  /// The backend whose index stands in a folder, told by the files it keeps there; nil where there is none.
  init?(ofIndexAt path: String) {
    guard let kind = BackendKind.allCases.first(where: { FileManager.default.fileExists(atPath: "\(path)/\($0.markerFile)") })
    else { return nil }
    self = kind
  }

  /// The file that only this backend's index has, and always has.
  private var markerFile: String {
    switch self {
    case .native: "MANIFEST"
    case .sqlite: "lede.sqlite"
    }
  }
}
