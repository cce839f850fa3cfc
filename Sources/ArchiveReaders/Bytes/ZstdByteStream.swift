import CZstd

/// Expands zstd data of one or more frames as it is read.
///
/// A frame that needs a window beyond 128 MiB is refused, so memory stays bounded.
@safe final class ZstdByteStream: ByteStream {
  private let source: any ByteStream
  private var guardian: ExpansionGuard
  private var input = [UInt8](repeating: 0, count: 128 << 10)
  private var inputStart = 0
  private var inputEnd = 0
  private var sourceEnded = false
  /// Whether the last frame was complete and its output delivered.
  private var isBetweenFrames = false
  private let state: OpaquePointer

  /// A decompressor of what `source` gives.
  init(_ source: any ByteStream, guardian: ExpansionGuard) {
    self.source = source
    self.guardian = guardian
    guard let state = unsafe ZSTD_createDCtx() else { preconditionFailure("zstd can always start, but for lack of memory") }
    unsafe self.state = state
  }

  deinit { unsafe ZSTD_freeDCtx(state) }

  func read(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> Int {
    while true {
      if inputStart == inputEnd, !sourceEnded {
        inputStart = 0
        inputEnd = try source.read(into: &input, from: 0)
        sourceEnded = inputEnd == 0
        guardian.consumed += inputEnd
      }
      if sourceEnded, isBetweenFrames { return 0 }
      let (code, consumed, produced) = expand(into: &buffer, from: start)
      inputStart += consumed
      if ZSTD_isError(code) != 0 {
        throw StreamFailure("the compressed data are damaged (\(unsafe String(cString: ZSTD_getErrorName(code))))")
      }
      isBetweenFrames = code == 0
      try guardian.produce(produced)
      if produced > 0 { return produced }
      if sourceEnded, !isBetweenFrames { throw StreamFailure("the compressed data end too early; the file is cut short") }
    }
  }

  private func expand(into buffer: inout [UInt8], from start: Int) -> (code: Int, consumed: Int, produced: Int) {
    unsafe buffer.withUnsafeMutableBytes { output in
      unsafe input.withUnsafeBytes { bytes in
        // Bounds: zstd reads `inputEnd - inputStart` bytes from `inputStart` and writes at most to the end of the buffer.
        var source = unsafe ZSTD_inBuffer(src: bytes.baseAddress! + inputStart, size: inputEnd - inputStart, pos: 0)
        var target = unsafe ZSTD_outBuffer(dst: output.baseAddress! + start, size: output.count - start, pos: 0)
        let code = unsafe ZSTD_decompressStream(state, &target, &source)
        return unsafe (code, source.pos, target.pos)
      }
    }
  }
}
