/// Why a call on a backend failed. Each error's description is one sentence that says what, where, and what to do.
public enum SearchError: Error, Hashable, Sendable {
  /// There is no index at this path.
  case noIndex(path: String)
  /// A file of the index is damaged.
  case corrupt(file: String, offset: Int?, reason: String)
  /// The index was made by a newer version of the program.
  case newerVersion(file: String, version: Int, supported: Int)
  /// The index was made by an older version of the program, in a format that is read no longer.
  case olderVersion(file: String, version: Int, supported: Int)
  /// Another process is writing to the index.
  case locked(path: String)
  /// The disk, or the user's share of it, is full; what was committed before is intact.
  case diskFull(path: String)
  /// The operating system refused an operation.
  case io(operation: String, path: String, reason: String)
  /// The backend cannot do this.
  case unsupported(String, backend: String)
  /// The request contradicts itself or exceeds a limit.
  case invalidRequest(String)
}

extension SearchError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .noIndex(let path): "There is no index at \(path); make one with `lede index`."
    case .corrupt(let file, let offset, let reason):
      "\(file) is damaged\(offset.map { " at byte \($0)" } ?? ""): \(reason). Run `lede verify` for the whole picture and build the index again from the articles."
    case .newerVersion(let file, let version, let supported):
      "\(file) has format \(version), made by a newer version of Lede; this one reads up to \(supported). Use the newer version, or build the index again."
    case .olderVersion(let file, let version, let supported):
      "\(file) has format \(version), made by an older version of Lede; this one reads only \(supported). Build the index again from the articles, into a new folder."
    case .locked(let path): "Another process is writing to \(path); try again when it has finished."
    case .diskFull(let path):
      "The disk is full while writing \(path); the index is as it was before. Free some space and run the command again."
    case .io(let operation, let path, let reason): "Cannot \(operation) \(path): \(reason)."
    case .unsupported(let what, let backend): "\(what) is not supported by the \(backend) backend."
    case .invalidRequest(let reason): "The request cannot be answered: \(reason)."
    }
  }
}
