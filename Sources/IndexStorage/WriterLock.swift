/// The right to write to an index, held until the value is let go.
///
///     let lock = try directory.lock("lock")     // a second `lock("lock")` now throws `.locked`
package final class WriterLock: Sendable {
  private let release: @Sendable () -> Void
  /// A lock that `release` gives back.
  package init(release: @escaping @Sendable () -> Void) { self.release = release }
  deinit { release() }
}
