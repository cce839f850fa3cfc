/// Why an operation on the files of an index failed.
@usableFromInline package enum StorageError: Error, Hashable, Sendable {
  /// A file's bytes contradict themselves or its checksum.
  case corrupt(file: String, offset: Int?, reason: String)
  /// A file is not there.
  case missing(file: String)
  /// A file was made by a newer version.
  case newerVersion(file: String, version: Int, supported: Int)
  /// A file was made by an older version, in a format that is read no longer.
  case olderVersion(file: String, version: Int, supported: Int)
  /// Another process, or another writer of this process, holds the lock.
  case locked(path: String)
  /// The disk or the quota is full.
  case diskFull(path: String)
  /// The operating system refused an operation.
  case io(operation: String, path: String, code: Int32, reason: String)
  /// A commit was written, but whether it would survive a power cut is not known: neither it nor the one before may be taken
  /// back.
  case outcomeUnknown(file: String, reason: String)
}

extension StorageError: CustomStringConvertible {
  /// The error in a sentence, for a log or a terminal.
  @usableFromInline package var description: String {
    switch self {
    case .corrupt(let file, let offset?, let reason): "\(file) is damaged at byte \(offset): \(reason)"
    case .corrupt(let file, nil, let reason): "\(file) is damaged: \(reason)"
    case .missing(let file): "\(file) is missing"
    case .newerVersion(let file, let version, let supported):
      "\(file) has format version \(version); this program reads up to \(supported)"
    case .olderVersion(let file, let version, let supported):
      "\(file) has format version \(version); this program reads only \(supported)"
    case .locked(let path): "\(path) is held by another writer"
    case .diskFull(let path): "no space left while writing \(path)"
    case .io(let operation, let path, let code, let reason): "could not \(operation) \(path): \(reason) (\(code))"
    case .outcomeUnknown(let file, let reason): "\(file) was written, but may not survive a power cut: \(reason)"
    }
  }
}
