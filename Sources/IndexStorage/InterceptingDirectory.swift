/// A directory that asks about each call before it passes it on: what the gated one and, of the doubles, the recording and failing
/// ones are made of, and a way to leave a step out.
///
///     let forgetful = InterceptingDirectory(real) { $0 == .sync ? .leaveOut : .perform }
package final class InterceptingDirectory: Directory {
  /// What becomes of a call.
  package enum Decision: Sendable {
    /// It is passed on.
    case perform
    /// It is not, and seems to succeed. Calls that return something cannot be left out and are passed on.
    case leaveOut
    /// It is not, and the operating system reports this error; a failed sync also takes its changes for written, as real ones do.
    case fail(StorageError)
    /// It is not, because the process is dead: the error only brings the test back.
    case stop(StorageError)
    /// Half of the bytes are appended, then it fails; other calls just fail.
    case performHalf(StorageError)
  }

  /// Decides about a call that is about to happen.
  package typealias Interceptor = @Sendable (DirectoryOperation) -> Decision

  /// Where the folder below is.
  package var path: String { base.path }
  private let base: any Directory
  private let intercept: Interceptor

  /// A directory that passes on to `base` what `intercept` allows.
  package init(_ base: any Directory, intercept: @escaping Interceptor) {
    self.base = base
    self.intercept = intercept
  }

  /// Whether the call is to be passed on.
  private func isAllowed(_ operation: DirectoryOperation) throws(StorageError) -> Bool {
    switch intercept(operation) {
    case .perform: return true
    case .leaveOut: return false
    case .fail(let error), .stop(let error), .performHalf(let error): throw error
    }
  }

  package func create(_ name: String) throws(StorageError) -> any WritableFile {
    _ = try isAllowed(.create(name))
    return File(name: name, base: try base.create(name), intercept: intercept)
  }

  package func open(_ name: String) throws(StorageError) -> MappedFile {
    _ = try isAllowed(.open(name))
    return try base.open(name)
  }

  package func rename(_ name: String, to target: String) throws(StorageError) {
    if try isAllowed(.rename(name, to: target)) { try base.rename(name, to: target) }
  }

  package func remove(_ name: String) throws(StorageError) {
    if try isAllowed(.remove(name)) { try base.remove(name) }
  }

  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] {
    _ = try isAllowed(.list)
    return try base.list()
  }

  package func sync() throws(StorageError) {
    switch intercept(.sync) {
    case .perform: try base.sync()
    case .leaveOut: return
    case .stop(let error): throw error
    case .fail(let error), .performHalf(let error):
      (base as? any ForgetsUnsyncedChanges)?.forgetUnsyncedChanges()
      throw error
    }
  }

  package func lock(_ name: String) throws(StorageError) -> WriterLock {
    _ = try isAllowed(.lock(name))
    return try base.lock(name)
  }

  private final class File: WritableFile {
    private let name: String
    private let base: any WritableFile
    private let intercept: Interceptor

    init(name: String, base: any WritableFile, intercept: @escaping Interceptor) {
      self.name = name
      self.base = base
      self.intercept = intercept
    }

    func append(_ bytes: Span<UInt8>) throws(StorageError) {
      switch intercept(.append(name, byteCount: bytes.count)) {
      case .perform: try base.append(bytes)
      case .leaveOut: return
      case .fail(let error), .stop(let error): throw error
      case .performHalf(let error):
        try base.append(bytes.extracting(first: bytes.count / 2))
        throw error
      }
    }

    func sync() throws(StorageError) {
      switch intercept(.syncFile(name)) {
      case .perform: try base.sync()
      case .leaveOut: return
      case .stop(let error): throw error
      case .fail(let error), .performHalf(let error):
        (base as? any ForgetsUnsyncedChanges)?.forgetUnsyncedChanges()
        throw error
      }
    }

    func close() throws(StorageError) {
      switch intercept(.close(name)) {
      case .perform, .leaveOut: try base.close()
      case .fail(let error), .stop(let error), .performHalf(let error):
        // As on a real system: the descriptor is gone, whatever `close` returns.
        try? base.close()
        throw error
      }
    }
  }
}

/// Something that does what an operating system does when a sync fails: it takes the changes for written, so that a later sync,
/// which succeeds, does not write them either.
protocol ForgetsUnsyncedChanges {
  func forgetUnsyncedChanges()
}
