/// The right to write to an index, held until the value is let go.
package final class WriterLock: Sendable {
  private let release: @Sendable () -> Void
  package init(release: @escaping @Sendable () -> Void) { self.release = release }
  deinit { release() }
}
