import Foundation
import SearchAPI

/// Standard output has been closed by whoever was reading it; the command ends quietly.
struct OutputClosed: Error {}

/// Standard output for results, buffered.
///
/// Call ``finish()`` last: it reports what could not be written. A value that is let go without it, after an error, still
/// writes what it has.
final class ResultOutput {
  private var buffer: [UInt8] = []
  private static let flushCount = 1 << 15

  deinit { try? finish() }

  /// Appends text.
  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= ResultOutput.flushCount { try finish() }
  }

  /// Writes out what is buffered.
  ///
  /// - Throws: ``OutputClosed`` where nobody reads any more; `SearchError` for a full disk and other refusals.
  func finish() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    var written = 0
    while written < buffer.count {
      // The pointer stays inside the buffer: 0 <= written < count.
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Foundation.write(STDOUT_FILENO, bytes.baseAddress! + written, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw ResultOutput.error(code: errno)
      }
    }
  }

  private static func error(code: Int32) -> any Error {
    switch code {
    case EPIPE: OutputClosed()
    case ENOSPC, EDQUOT: SearchError.diskFull(path: "standard output")
    default: SearchError.io(operation: "write to", path: "standard output", reason: unsafe String(cString: strerror(code)))
    }
  }
}
