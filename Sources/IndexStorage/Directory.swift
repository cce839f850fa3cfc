/// A flat folder of write-once files: the only door through which the index touches a disk.
///
/// Names are plain file names without separators; any other name is refused with ``StorageError/corrupt(file:offset:reason:)``,
/// for it can only have come from damaged bytes. A creation, rename or removal is certain to survive a power cut only after
/// ``sync()``, and a file's bytes only after ``WritableFile/sync()``. Versions: ``FileSystemDirectory``, ``MemoryDirectory``, and
/// doubles that record, fail or crash.
package protocol Directory: Sendable {
  /// Where the folder is, for messages.
  var path: String { get }
  /// Creates a file for writing; it is an error if it exists.
  func create(_ name: String) throws(StorageError) -> any WritableFile
  /// Opens a file for reading.
  func open(_ name: String) throws(StorageError) -> MappedFile
  /// Renames a file over another, atomically.
  func rename(_ name: String, to target: String) throws(StorageError)
  /// Removes a file.
  func remove(_ name: String) throws(StorageError)
  /// The names and lengths of the files in the folder.
  func list() throws(StorageError) -> [(name: String, byteCount: Int)]
  /// Makes creations, renames and removals so far survive a power cut.
  func sync() throws(StorageError)
  /// Takes the writer lock, or throws `.locked` at once where another holds it. The lock is given back when the value is let
  /// go, or the process dies.
  func lock(_ name: String) throws(StorageError) -> WriterLock
}

/// A file being written.
///
/// After any error the file is dead: its bytes are unknown, and a later ``sync()`` that succeeds proves nothing, because the
/// operating system marks the pages of a failed one clean. Remove it and start again under another name.
package protocol WritableFile: AnyObject {
  /// Appends bytes.
  func append(_ bytes: Span<UInt8>) throws(StorageError)
  /// Makes the bytes written so far survive a power cut.
  func sync() throws(StorageError)
  /// Closes the file; nothing may be called after.
  func close() throws(StorageError)
}

/// Whether a name may be used in a ``Directory``.
///
///     "segment-7.postings" → true     "" → false     ".." → false     "a/b" → false
func isPlainFileName(_ name: String) -> Bool {
  !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255 && !name.utf8.contains { $0 == 0x2F || $0 == 0 }
}

/// Refuses a name that could reach outside the folder.
func checkFileName(_ name: String) throws(StorageError) {
  guard isPlainFileName(name) else {
    throw .corrupt(file: name, offset: nil, reason: "this is not a plain file name")
  }
}
