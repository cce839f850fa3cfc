/// A directory that keeps a log of every call.
///
///     let directory = RecordingDirectory(MemoryDirectory())
///     try AtomicFile.replace("a", with: [1], in: directory)
///     directory.operations     // [.remove("a.tmp"), .create("a.tmp"), .append("a.tmp", byteCount: 1), .syncFile("a.tmp"), …]
package final class RecordingDirectory: Directory {
  private let log: Guarded<[DirectoryOperation]>
  private let base: InterceptingDirectory

  /// A directory that passes everything on to `base`.
  package init(_ base: any Directory) {
    let log = Guarded<[DirectoryOperation]>([])
    self.log = log
    self.base = InterceptingDirectory(base) { operation in
      log.withValue { $0.append(operation) }
      return .perform
    }
  }

  /// The calls so far, whether they succeeded or not.
  package var operations: [DirectoryOperation] { log.withValue { $0 } }

  package var path: String { base.path }
  package func create(_ name: String) throws(StorageError) -> any WritableFile { try base.create(name) }
  package func open(_ name: String) throws(StorageError) -> MappedFile { try base.open(name) }
  package func rename(_ name: String, to target: String) throws(StorageError) { try base.rename(name, to: target) }
  package func remove(_ name: String) throws(StorageError) { try base.remove(name) }
  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] { try base.list() }
  package func sync() throws(StorageError) { try base.sync() }
  package func lock(_ name: String) throws(StorageError) -> WriterLock { try base.lock(name) }
}
