/// A folder in memory, with the rules of a real one: for tests, and for indexes that need no disk.
package final class MemoryDirectory: Directory {
  private struct State {
    var files: [String: Contents] = [:]
    var locks: Set<String> = []
  }

  /// The bytes of a file. Its writer goes on after the name is gone, as on a file system.
  private final class Contents: WritableFile, Sendable {
    private let guarded: Guarded<[UInt8]>

    init(_ bytes: [UInt8] = []) { guarded = Guarded(bytes) }

    var bytes: [UInt8] { guarded.withValue { $0 } }

    func append(_ bytes: Span<UInt8>) throws(StorageError) {
      let appended = [UInt8](copying: bytes)
      guarded.withValue { $0 += appended }
    }
    func sync() throws(StorageError) {}
    func close() throws(StorageError) {}
  }

  /// A name for messages.
  package let path: String
  private let guarded: Guarded<State>

  /// A folder with these files.
  package init(path: String = "memory", files: [String: [UInt8]] = [:]) {
    self.path = path
    guarded = Guarded(State(files: files.mapValues { Contents($0) }))
  }

  /// All files with their bytes.
  package var files: [String: [UInt8]] {
    guarded.withValue { state in state.files.mapValues(\.bytes) }
  }

  package func create(_ name: String) throws(StorageError) -> any WritableFile {
    try checkFileName(name)
    return try guarded.withValue { state throws(StorageError) in
      guard state.files[name] == nil else {
        throw .io(operation: "create", path: "\(path)/\(name)", code: 17, reason: "File exists")
      }
      let file = Contents()
      state.files[name] = file
      return file
    }
  }

  package func open(_ name: String) throws(StorageError) -> MappedFile {
    try checkFileName(name)
    return try guarded.withValue { state throws(StorageError) in
      guard let file = state.files[name] else { throw .missing(file: name) }
      return MappedFile(name: name, copying: file.bytes)
    }
  }

  package func rename(_ name: String, to target: String) throws(StorageError) {
    try checkFileName(name)
    try checkFileName(target)
    try guarded.withValue { state throws(StorageError) in
      guard let file = state.files.removeValue(forKey: name) else { throw .missing(file: name) }
      state.files[target] = file
    }
  }

  package func remove(_ name: String) throws(StorageError) {
    try checkFileName(name)
    try guarded.withValue { state throws(StorageError) in
      if state.files.removeValue(forKey: name) == nil { throw .missing(file: name) }
    }
  }

  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] {
    guarded.withValue { state in
      state.files.map { (name: $0.key, byteCount: $0.value.bytes.count) }.sorted { $0.name < $1.name }
    }
  }

  package func sync() throws(StorageError) {}

  package func lock(_ name: String) throws(StorageError) -> WriterLock {
    try checkFileName(name)
    let guarded = guarded
    try guarded.withValue { state throws(StorageError) in
      guard state.locks.insert(name).inserted else { throw .locked(path: "\(path)/\(name)") }
      // The lock is a file here too, so that nothing depends on which directory it is.
      if state.files[name] == nil { state.files[name] = Contents() }
    }
    return WriterLock { guarded.withValue { state in _ = state.locks.remove(name) } }
  }
}
