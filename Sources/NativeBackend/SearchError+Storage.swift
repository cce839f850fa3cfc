import IndexStorage
import SearchAPI

extension SearchError {
  /// The contract's word for what went wrong with the files of the index at `path`.
  init(_ error: StorageError, path: String) {
    self =
      switch error {
      case .corrupt(let file, let offset, let reason): .corrupt(file: file, offset: offset, reason: reason)
      case .missing: .noIndex(path: path)
      case .newerVersion(let file, let version, let supported): .newerVersion(file: file, version: version, supported: supported)
      case .olderVersion(let file, let version, let supported): .olderVersion(file: file, version: version, supported: supported)
      case .locked: .locked(path: path)
      case .diskFull(let file): .diskFull(path: file)
      case .io(let operation, let file, _, let reason): .io(operation: operation, path: file, reason: reason)
      case .outcomeUnknown(let file, let reason): .io(operation: "make durable", path: file, reason: reason)
      }
  }
}

/// Runs a piece of work on the index at `path` and gives its errors in the contract's words.
func rethrowingAsSearchError<Value>(
  path: String, _ work: () throws(StorageError) -> Value
) throws(SearchError) -> Value {
  do throws(StorageError) { return try work() } catch { throw SearchError(error, path: path) }
}
