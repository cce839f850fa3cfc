/// A folder in memory that knows what of it would survive a power cut at every moment of its past.
///
///     let directory = CrashingDirectory()
///     try AtomicFile.replace("a", with: [1, 2], in: directory)
///     for moment in directory.moments {
///       moment.forEachState(limit: 4_096, using: &generator) { files in … open MemoryDirectory(files: files), judge … }
///     }
package final class CrashingDirectory: Directory, ForgetsUnsyncedChanges {
  private struct State {
    var disk: Disk
    var moments: [CrashMoment]
    var locks: Set<String> = []

    /// Makes a change, and a moment after it.
    mutating func advance<Value>(_ change: (inout Disk) -> Value) -> Value {
      let value = change(&disk)
      moments.append(CrashMoment(disk: disk))
      return value
    }
  }

  /// A name for messages.
  package let path: String
  private let guarded: Guarded<State>

  /// A folder in which these files are safe.
  package init(path: String = "disk", files: [String: [UInt8]] = [:]) {
    self.path = path
    let disk = Disk(files: files)
    guarded = Guarded(State(disk: disk, moments: [CrashMoment(disk: disk)]))
  }

  /// The moments so far: the first before any call, then one after each call that changed something.
  package var moments: [CrashMoment] { guarded.withValue { $0.moments } }

  package func create(_ name: String) throws(StorageError) -> any WritableFile {
    try checkFileName(name)
    return try guarded.withValue { state throws(StorageError) in
      guard state.disk.visibleNames[name] == nil else {
        throw .io(operation: "create", path: "\(path)/\(name)", code: 17, reason: "File exists")
      }
      return File(number: state.advance { $0.create(name) }, guarded: guarded)
    }
  }

  package func open(_ name: String) throws(StorageError) -> MappedFile {
    try checkFileName(name)
    return try guarded.withValue { state throws(StorageError) in
      guard let file = state.disk.visibleNames[name] else { throw .missing(file: name) }
      return MappedFile(name: name, copying: state.disk.visibleBytes[file] ?? [])
    }
  }

  package func rename(_ name: String, to target: String) throws(StorageError) {
    try checkFileName(name)
    try checkFileName(target)
    try guarded.withValue { state throws(StorageError) in
      guard let file = state.disk.visibleNames[name] else { throw .missing(file: name) }
      state.advance { $0.change(name == target ? [:] : [name: nil, target: file]) }
    }
  }

  package func remove(_ name: String) throws(StorageError) {
    try checkFileName(name)
    try guarded.withValue { state throws(StorageError) in
      guard state.disk.visibleNames[name] != nil else { throw .missing(file: name) }
      state.advance { $0.change([name: nil]) }
    }
  }

  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] {
    guarded.withValue { state in
      state.disk.visibleNames.map { (name: $0.key, byteCount: state.disk.visibleBytes[$0.value]?.count ?? 0) }
        .sorted { $0.name < $1.name }
    }
  }

  package func sync() throws(StorageError) {
    guarded.withValue { state in state.advance { $0.syncNames() } }
  }

  package func lock(_ name: String) throws(StorageError) -> WriterLock {
    try checkFileName(name)
    try guarded.withValue { state throws(StorageError) in
      guard state.locks.insert(name).inserted else { throw .locked(path: "\(path)/\(name)") }
      if state.disk.visibleNames[name] == nil { _ = state.advance { $0.create(name) } }
    }
    let guarded = guarded
    return WriterLock { guarded.withValue { state in _ = state.locks.remove(name) } }
  }

  func forgetUnsyncedChanges() {
    guarded.withValue { state in state.disk.forgetNames() }
  }

  private final class File: WritableFile, ForgetsUnsyncedChanges {
    private let number: Int
    private let guarded: Guarded<State>

    init(number: Int, guarded: Guarded<State>) {
      self.number = number
      self.guarded = guarded
    }

    func append(_ bytes: Span<UInt8>) throws(StorageError) {
      let appended = [UInt8](copying: bytes)
      guarded.withValue { state in state.advance { $0.append(appended, to: number) } }
    }

    func sync() throws(StorageError) {
      guarded.withValue { state in state.advance { $0.sync(file: number) } }
    }

    func close() throws(StorageError) {}

    func forgetUnsyncedChanges() {
      guarded.withValue { state in state.disk.forgetWrites(of: number) }
    }
  }
}
