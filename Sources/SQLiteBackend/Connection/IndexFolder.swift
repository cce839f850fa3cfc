import Foundation
import GRDB
import SearchAPI
import TextAnalysis

/// The folder of an index and the file in it, before SQLite opens it.
enum IndexFolder {
  /// Makes the folder, where there is none, and an empty file that only its owner may read. An empty file from an earlier
  /// attempt that was cut short is taken.
  static func create(_ folder: String) throws {
    let path = folder + "/" + Schema.fileName
    if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST { throw failure("create", folder) }
    let descriptor = unsafe open(path, O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("create", path) }
    close(descriptor)
  }

  /// Checks that there is an index file, and that it is a plain file rather than a link to one.
  static func checkFile(_ folder: String) throws {
    let path = folder + "/" + Schema.fileName
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? SearchError.noIndex(path: folder) : failure("open", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SearchError.io(operation: "open", path: path, reason: "it is not a file")
    }
  }

  /// Checks that an opened file is an index that this version can read.
  static func check(_ database: Database, folder: String) throws {
    if try database.integer("SELECT count(*) FROM sqlite_schema") == 0 { throw SearchError.noIndex(path: folder) }
    func corrupt(_ reason: String) -> SearchError { .corrupt(file: Schema.fileName, offset: nil, reason: reason) }
    guard try database.integer("PRAGMA application_id") == Schema.applicationID else {
      throw corrupt("it is an SQLite file, but not an index of Lede")
    }
    let version = try database.integer("PRAGMA user_version") ?? 0
    guard version <= Schema.version else {
      throw SearchError.newerVersion(file: Schema.fileName, version: Int(version), supported: Int(Schema.version))
    }
    guard version > 0 else { throw corrupt("format \(version) does not exist") }
    guard version == Schema.version else {
      throw SearchError.olderVersion(file: Schema.fileName, version: Int(version), supported: Int(Schema.version))
    }
    let state = try IndexState(on: database)
    guard state.analyzer == Analyzer.fingerprint else {
      throw SearchError.unsupported("An index whose words were made by the analyzer “\(state.analyzer)”", backend: "sqlite")
    }
  }

  private static func failure(_ operation: String, _ path: String) -> SearchError {
    let code = errno
    if code == ENOSPC || code == EDQUOT { return .diskFull(path: path) }
    return .io(operation: operation, path: path, reason: unsafe String(cString: strerror(code)))
  }
}
