import CZlib

/// Expands gzip data of one or more members as it is read.
@safe final class GzipByteStream: ByteStream {
  private let source: any ByteStream
  private var guardian: ExpansionGuard
  private var input = [UInt8](repeating: 0, count: 64 << 10)
  private var inputStart = 0
  private var inputEnd = 0
  private var sourceEnded = false
  /// Whether the bytes at hand lie inside a member.
  private var isInMember = true
  private var pendingFailure: StreamFailure?
  // On the heap because zlib keeps the address.
  private let state: UnsafeMutablePointer<z_stream>

  /// A decompressor of what `source` gives.
  init(_ source: any ByteStream, guardian: ExpansionGuard) {
    self.source = source
    self.guardian = guardian
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: z_stream())
    // 15 is the largest window; 16 more asks for the gzip wrapper alone.
    let status = unsafe inflateInit2_(state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib can always start, but for lack of memory")
  }

  deinit {
    unsafe inflateEnd(state)
    unsafe state.deallocate()
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> Int {
    if let pendingFailure { throw pendingFailure }
    while true {
      if inputStart == inputEnd, !sourceEnded { try refill() }
      if !isInMember, try !startsNextMember() { return 0 }
      if inputStart == inputEnd { throw StreamFailure("the compressed data end too early; the file is cut short") }

      let status = try expand(into: &buffer, from: start)
      if status.code == Z_STREAM_END {
        isInMember = false
        unsafe inflateReset(state)
      } else if status.code != Z_OK, status.code != Z_BUF_ERROR {
        // What was expanded before the damage is delivered first.
        pendingFailure = StreamFailure("the compressed data are damaged")
        if status.produced == 0 { throw StreamFailure("the compressed data are damaged") }
      }
      if status.produced > 0 { return status.produced }
    }
  }

  private func refill() throws(StreamFailure) {
    inputStart = 0
    inputEnd = try source.read(into: &input, from: 0)
    sourceEnded = inputEnd == 0
    guardian.consumed += inputEnd
  }

  /// Looks at what follows a member: another one, or nothing but zeros, which some tapes and tools add.
  private func startsNextMember() throws(StreamFailure) -> Bool {
    while true {
      while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
      if inputStart < inputEnd { break }
      if sourceEnded { return false }
      try refill()
    }
    guard input[inputStart] == 0x1F else { throw StreamFailure("other bytes follow the end of the compressed data") }
    isInMember = true
    return true
  }

  private func expand(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> (code: Int32, produced: Int) {
    let room = buffer.count - start
    let available = inputEnd - inputStart
    let code = unsafe buffer.withUnsafeMutableBytes { output in
      unsafe input.withUnsafeMutableBytes { source in
        // Bounds: zlib reads `available` bytes from `inputStart` and writes at most `room` from `start`.
        unsafe state.pointee.next_in = source.baseAddress!.assumingMemoryBound(to: UInt8.self) + inputStart
        unsafe state.pointee.avail_in = UInt32(available)
        unsafe state.pointee.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self) + start
        unsafe state.pointee.avail_out = UInt32(clamping: room)
        return unsafe inflate(state, Z_NO_FLUSH)
      }
    }
    inputStart = inputEnd - Int(unsafe state.pointee.avail_in)
    let produced = min(room, Int(UInt32.max)) - Int(unsafe state.pointee.avail_out)
    try guardian.produce(produced)
    return (code, produced)
  }
}
