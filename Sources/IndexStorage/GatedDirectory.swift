/// A directory that appends to files only as a ``WorkGate`` allows, so that everything that writes can be paused or given up without
/// knowing of it.
package final class GatedDirectory: Directory {
  private let base: any Directory
  private let gate: WorkGate

  /// A directory that asks `gate` before it passes on to `base` what writes.
  package init(_ base: any Directory, gate: WorkGate) {
    self.base = base
    self.gate = gate
  }

  /// Where the folder below is.
  package var path: String { base.path }

  package func create(_ name: String) throws(StorageError) -> any WritableFile {
    File(try base.create(name), path: path, gate: gate)
  }

  package func open(_ name: String) throws(StorageError) -> MappedFile { try base.open(name) }

  package func rename(_ name: String, to target: String) throws(StorageError) { try base.rename(name, to: target) }

  package func remove(_ name: String) throws(StorageError) { try base.remove(name) }

  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] { try base.list() }

  package func sync() throws(StorageError) { try base.sync() }

  package func lock(_ name: String) throws(StorageError) -> WriterLock { try base.lock(name) }

  private final class File: WritableFile {
    private let base: any WritableFile
    private let path: String
    private let gate: WorkGate

    init(_ base: any WritableFile, path: String, gate: WorkGate) {
      self.base = base
      self.path = path
      self.gate = gate
    }

    func append(_ bytes: Span<UInt8>) throws(StorageError) {
      try gate.pass(path)
      try base.append(bytes)
    }

    func sync() throws(StorageError) { try base.sync() }

    func close() throws(StorageError) { try base.close() }
  }
}
