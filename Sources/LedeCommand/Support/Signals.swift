import Dispatch
import Foundation

/// What the process does about signals. Signals are the command's business, never the library's.
enum Signals {
  /// Makes a closed pipe and a file size limit ordinary errors of `write`, not the end of the process.
  static func ignoreBrokenPipesAndSizeLimits() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Runs `body` so that Ctrl-C cancels its task instead of killing the process; a second Ctrl-C ends the process at once.
  ///
  /// `body` sees the first as cancellation and throws `CancellationError` where it can stop cleanly.
  static func cancellingOnInterrupt<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let work = Task { try await body() }
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      guard !work.isCancelled else { _exit(ExitStatus.interrupted.rawValue) }
      work.cancel()
    }
    source.resume()
    defer {
      source.cancel()
      signal(SIGINT, SIG_DFL)
    }
    return try await work.value
  }
}
