import CZlib
import CZstd

/// The bytes as one gzip member.
func gzip(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
  var stream = unsafe z_stream()
  unsafe deflateInit2_(
    &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  defer { unsafe deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1_000 + 64)
  let count = unsafe output.withUnsafeMutableBufferPointer { target in
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe stream.next_in = source.baseAddress
      unsafe stream.avail_in = UInt32(source.count)
      unsafe stream.next_out = target.baseAddress
      unsafe stream.avail_out = UInt32(target.count)
      precondition(unsafe deflate(&stream, Z_FINISH) == Z_STREAM_END)
      return unsafe target.count - Int(stream.avail_out)
    }
  }
  return Array(output.prefix(count))
}

/// The bytes as one zstd frame.
func zstd(_ bytes: [UInt8], level: Int32 = 3) -> [UInt8] {
  var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
  let capacity = output.count
  let count = unsafe output.withUnsafeMutableBytes { target in
    unsafe bytes.withUnsafeBytes { source in
      unsafe ZSTD_compress(target.baseAddress, capacity, source.baseAddress, source.count, level)
    }
  }
  precondition(ZSTD_isError(count) == 0)
  return Array(output.prefix(count))
}
