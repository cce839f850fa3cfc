#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The bytes of an open file as they lie on disk, counted as they are read.
final class FileByteStream: ByteStream {
  private let descriptor: Int32
  private let closesDescriptor: Bool
  private let tally: ReadingTally
  /// The file's size when it was opened; nil for standard input.
  let byteCount: Int?
  private var readBytes = 0

  /// Takes over an open descriptor.
  init(descriptor: Int32, byteCount: Int?, closesDescriptor: Bool = true, tally: ReadingTally) {
    self.descriptor = descriptor
    self.byteCount = byteCount
    self.closesDescriptor = closesDescriptor
    self.tally = tally
  }

  deinit {
    if closesDescriptor { close(descriptor) }
    // A file that was not read to its end counts as done, so that progress reaches its total.
    if let byteCount, readBytes < byteCount { tally.bytesRead += byteCount - readBytes }
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        // Bound: from `start` to the end of the buffer.
        unsafe systemRead(descriptor, UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
      }
      if count >= 0 {
        readBytes += count
        tally.bytesRead += count
        return count
      }
      guard errno == EINTR else { throw StreamFailure("the system failed to read it: \(SystemPath.reason(errno))") }
    }
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  unsafe read(descriptor, buffer.baseAddress, buffer.count)
}
