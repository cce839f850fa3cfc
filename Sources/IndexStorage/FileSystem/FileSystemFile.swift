#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file of a ``FileSystemDirectory`` being written. A file let go without ``close()`` is closed, not removed.
final class FileSystemFile: WritableFile {
  private var descriptor: Int32
  private let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    if descriptor >= 0 { _ = systemClose(descriptor) }
  }

  func append(_ bytes: Span<UInt8>) throws(StorageError) {
    let descriptor = descriptor
    let code = unsafe writeAll(bytes) { rest in unsafe systemWrite(descriptor, rest.baseAddress, rest.count) }
    if code != 0 { throw StorageError(errno: code, operation: "write", path: path) }
  }

  func sync() throws(StorageError) {
    if synchronize(descriptor) != 0 { throw StorageError(errno: errno, operation: "sync", path: path) }
  }

  func close() throws(StorageError) {
    let closing = descriptor
    descriptor = -1
    // Never repeated: after EINTR the descriptor is gone, and its number may already be another file's.
    if systemClose(closing) != 0, errno != EINTR { throw StorageError(errno: errno, operation: "close", path: path) }
  }
}

// Under their own names, because methods called `close`, `read` and `open` hide the system's.
func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
@unsafe func systemRead(_ descriptor: Int32, _ memory: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, memory, count)
}
@unsafe func systemWrite(_ descriptor: Int32, _ memory: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, memory, count)
}
