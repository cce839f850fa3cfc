#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Lets work in the background through, holds it up, or turns it back.
@safe package final class WorkGate: @unchecked Sendable {
  private var isPaused = false
  private var isCancelled = false
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  /// An open gate.
  package init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe changed = .allocate(capacity: 1)
    unsafe changed.initialize(to: pthread_cond_t())
    let outcomes = unsafe (pthread_mutex_init(mutex, nil), pthread_cond_init(changed, nil))
    precondition(outcomes == (0, 0), "a gate could not be made")
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe changed.deallocate()
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  /// Goes on at once, or when the gate is open again; throws `.io` where the work is given up.
  ///
  /// - Parameter path: what the work is on, for the error.
  package func pass(_ path: @autoclosure () -> String) throws(StorageError) {
    unsafe pthread_mutex_lock(mutex)
    while isPaused && !isCancelled { unsafe pthread_cond_wait(changed, mutex) }
    let isCancelled = isCancelled
    unsafe pthread_mutex_unlock(mutex)
    if isCancelled { throw .io(operation: "go on writing to", path: path(), code: 0, reason: "the transaction was given up") }
  }

  /// Holds work up until ``resume()``.
  package func pause() { change { isPaused = true } }

  /// Lets work that was held up go on.
  package func resume() { change { isPaused = false } }

  /// Turns work back until ``reopen()``, also work that is held up.
  package func cancel() { change { isCancelled = true } }

  /// Ends ``cancel()``; what is paused stays so.
  package func reopen() { change { isCancelled = false } }

  private func change(_ body: () -> Void) {
    unsafe pthread_mutex_lock(mutex)
    body()
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(mutex)
  }
}

extension InterceptingDirectory {
  /// A directory that appends to files only as `gate` allows, so that everything that writes can be paused or given up without knowing
  /// of it.
  package convenience init(_ base: any Directory, gate: WorkGate) {
    let path = base.path
    self.init(base) { operation in
      guard case .append = operation else { return .perform }
      do throws(StorageError) {
        try gate.pass(path)
        return .perform
      } catch { return .fail(error) }
    }
  }
}
