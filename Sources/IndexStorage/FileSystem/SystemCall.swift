#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Repeats a call that a signal interrupted.
func retryingInterrupts<Value: SignedInteger>(_ call: () -> Value) -> Value {
  while true {
    let value = call()
    guard value == -1, errno == EINTR else { return value }
  }
}

/// Writes all bytes, going on after short writes and interruptions; returns 0, or the code of the error that stopped it.
///
/// `write` is the system call, or a test's stand-in: it writes some of the bytes and returns how many, or -1 with `errno` set.
func writeAll(_ bytes: Span<UInt8>, write: (UnsafeRawBufferPointer) -> Int) -> Int32 {
  unsafe bytes.withUnsafeBytes { all in
    var written = 0
    while written < all.count {
      let count = retryingInterrupts { unsafe write(UnsafeRawBufferPointer(rebasing: all[written...])) }
      if count < 0 { return errno }
      // A regular file takes at least one byte or gives an error; going round for ever on 0 would hide a broken file system.
      if count == 0 { return EIO }
      written += count
    }
    return 0
  }
}

/// Fills memory from the current position; returns how many bytes there were, or the code of the error that stopped it.
func readAll(into all: UnsafeMutableRawBufferPointer, read: (UnsafeMutableRawBufferPointer) -> Int) -> Result<Int, ErrorCode> {
  var filled = 0
  while filled < all.count {
    let count = retryingInterrupts { unsafe read(UnsafeMutableRawBufferPointer(rebasing: all[filled...])) }
    if count < 0 { return .failure(ErrorCode(number: errno)) }
    if count == 0 { break }
    filled += count
  }
  return .success(filled)
}

/// A value of `errno`.
struct ErrorCode: Error {
  let number: Int32
}

/// Makes what was written through a descriptor survive a power cut; returns 0 or -1, like `fsync`.
func synchronize(_ descriptor: Int32) -> Int32 {
  #if canImport(Darwin)
    // There `fsync` hands the bytes to the drive without asking it to write them.
    if retryingInterrupts({ fcntl(descriptor, F_FULLFSYNC) }) == 0 { return 0 }
    guard errno == ENOTSUP || errno == EINVAL else { return -1 }
  #endif
  return retryingInterrupts { fsync(descriptor) }
}

extension StorageError {
  /// The error that the operating system's `code` stands for.
  init(errno code: Int32, operation: String, path: String) {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: self = .diskFull(path: path)
    case ENOENT: self = .missing(file: path)
    default:
      self = .io(operation: operation, path: path, code: code, reason: unsafe String(cString: strerror(code)))
    }
  }
}
