import GRDB
import SearchAPI

/// Runs calls on SQLite and turns their errors into the contract's.
struct ErrorMapping: Sendable {
  /// The folder of the index.
  let folder: String

  /// Runs a call; what it throws becomes a ``SearchError``.
  func callAsFunction<Result>(_ operation: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError { throw searchError(error, operation) }
  }

  /// The contract's error for an error of SQLite.
  func searchError(_ error: DatabaseError, _ operation: String) -> SearchError {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    // The map of the log could not be made as large as it must be: in SQLite's words an I/O error, but what lacks is room.
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE { return .diskFull(path: folder) }
    return switch error.resultCode {
    case .SQLITE_FULL: .diskFull(path: folder)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: folder)
    // SQL is fixed and tested: where it fails, the tables are not those that this version made.
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_SCHEMA, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT:
      .corrupt(file: Schema.fileName, offset: nil, reason: reason)
    default: .io(operation: operation, path: folder, reason: reason)
    }
  }
}
