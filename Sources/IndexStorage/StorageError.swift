/// Why an operation on the files of an index failed.
package enum StorageError: Error, Hashable, Sendable {
  /// A file's bytes contradict themselves or its checksum.
  case corrupt(file: String, offset: Int?, reason: String)
  /// A file is not there.
  case missing(file: String)
  /// A file was made by a newer version.
  case newerVersion(file: String, version: Int, supported: Int)
  /// Another process, or another writer of this process, holds the lock.
  case locked(path: String)
  /// The disk or the quota is full.
  case diskFull(path: String)
  /// The operating system refused an operation.
  case io(operation: String, path: String, code: Int32, reason: String)
}
