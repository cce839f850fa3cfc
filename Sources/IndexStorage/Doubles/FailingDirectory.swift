/// A directory whose n-th call fails, once or from then on.
///
/// To put a fault at every call: run the work once without a fault, read ``callCount``, and run it again for each number below.
///
///     let directory = FailingDirectory(MemoryDirectory(), fault: .init(atCall: 3, kind: .noSpace))
package final class FailingDirectory: Directory {
  /// What goes wrong and when.
  package struct Fault: Hashable, Sendable {
    /// What the operating system says.
    package enum Kind: Hashable, Sendable, CaseIterable {
      /// ENOSPC
      case noSpace
      /// EIO
      case inputOutput
      /// EMFILE
      case tooManyFiles
      /// EDQUOT
      case quota
      /// Half of the bytes are written, then ENOSPC. Only appends are concerned.
      case shortWrite
    }

    /// Which call fails, counted from 0.
    package var atCall: Int
    /// What the operating system says.
    package var kind: Kind
    /// Whether later calls fail too, until ``FailingDirectory/heal()``.
    package var lasts: Bool

    /// A fault.
    package init(atCall: Int, kind: Kind, lasts: Bool = false) {
      self.atCall = atCall
      self.kind = kind
      self.lasts = lasts
    }
  }

  private struct State {
    var fault: Fault?
    var callCount = 0
    var failures: [DirectoryOperation] = []
  }

  private let state: Guarded<State>
  private let base: InterceptingDirectory

  /// A directory that passes on to `base` what does not fail; never fails where `fault` is nil.
  package init(_ base: any Directory, fault: Fault?) {
    let state = Guarded(State(fault: fault))
    let path = base.path
    self.state = state
    self.base = InterceptingDirectory(base) { operation in
      state.withValue { state in
        defer { state.callCount += 1 }
        guard let fault = state.fault, fault.lasts ? state.callCount >= fault.atCall : state.callCount == fault.atCall else {
          return .perform
        }
        let decision = Self.decision(fault.kind, operation, path: path)
        if case .perform = decision {} else { state.failures.append(operation) }
        return decision
      }
    }
  }

  /// How many calls there were.
  package var callCount: Int { state.withValue { $0.callCount } }

  /// The calls that failed.
  package var failures: [DirectoryOperation] { state.withValue { $0.failures } }

  /// Ends the fault: from now on every call is passed on.
  package func heal() { state.withValue { $0.fault = nil } }

  private static func decision(
    _ kind: Fault.Kind, _ operation: DirectoryOperation, path: String
  ) -> InterceptingDirectory.Decision {
    switch kind {
    case .noSpace, .quota: return .fail(.diskFull(path: path))
    case .inputOutput: return .fail(.io(operation: "\(operation)", path: path, code: 5, reason: "Input/output error"))
    case .tooManyFiles: return .fail(.io(operation: "\(operation)", path: path, code: 24, reason: "Too many open files"))
    case .shortWrite:
      if case .append = operation { return .performHalf(.diskFull(path: path)) }
      return .perform
    }
  }

  package var path: String { base.path }
  package func create(_ name: String) throws(StorageError) -> any WritableFile { try base.create(name) }
  package func open(_ name: String) throws(StorageError) -> MappedFile { try base.open(name) }
  package func rename(_ name: String, to target: String) throws(StorageError) { try base.rename(name, to: target) }
  package func remove(_ name: String) throws(StorageError) { try base.remove(name) }
  package func list() throws(StorageError) -> [(name: String, byteCount: Int)] { try base.list() }
  package func sync() throws(StorageError) { try base.sync() }
  package func lock(_ name: String) throws(StorageError) -> WriterLock { try base.lock(name) }
}
