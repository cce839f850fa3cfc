import BitKernels
import IndexStorage

extension ByteReader {
  /// Reads one chunk of `count` integers, 1...128. Values after `count` are left as they are or zero.
  ///
  /// Returns the number of bits that no value exceeds, so that callers can rule out overflow of sums.
  ///
  /// Complexity: O(count).
  @discardableResult
  @_lifetime(self: copy self)
  mutating func readChunk(count: Int, into values: inout IntegerBlock) throws(StorageError) -> Int {
    let header = try readUInt8()
    let width = Int(header & IntegerChunkFormat.widthMask)
    guard width <= 32, header & 0x80 == 0 else { throw corrupt("a chunk of integers starts with \(header)") }
    // Unpacking is quicker where bytes follow the packed ones, whatever they are.
    let rest = unread
    try skip(IntegerChunkReader.packedByteCount(count: count, width: width))
    if count == IntegerBlock.size {
      unpackVertically(rest, at: 0, width: width, into: &values)
    } else {
      unpackHorizontally(rest, at: 0, count: count, width: width, into: &values)
    }
    guard header & IntegerChunkFormat.exceptionsFlag != 0 else { return width }
    return try readExceptions(count: count, width: width, into: &values)
  }

  /// Passes over one chunk of `count` integers.
  ///
  /// Complexity: O(1).
  @_lifetime(self: copy self)
  mutating func skipChunk(count: Int) throws(StorageError) {
    let header = try readUInt8()
    let width = Int(header & IntegerChunkFormat.widthMask)
    guard width <= 32, header & 0x80 == 0 else { throw corrupt("a chunk of integers starts with \(header)") }
    try skip(IntegerChunkReader.packedByteCount(count: count, width: width))
    guard header & IntegerChunkFormat.exceptionsFlag != 0 else { return }
    let exceptions = Int(try readUInt8())
    let highWidth = Int(try readUInt8())
    guard exceptions <= count, width + highWidth <= 32 else { throw corrupt("a chunk has impossible exceptions") }
    try skip(exceptions + horizontalByteCount(count: exceptions, width: highWidth))
  }

  @_lifetime(self: copy self)
  private mutating func readExceptions(
    count: Int, width: Int, into values: inout IntegerBlock
  ) throws(StorageError) -> Int {
    let exceptions = Int(try readUInt8())
    let highWidth = Int(try readUInt8())
    guard exceptions <= count, width + highWidth <= 32 else { throw corrupt("a chunk has impossible exceptions") }
    let indexes = try readBytes(exceptions)
    let rest = unread
    try skip(horizontalByteCount(count: exceptions, width: highWidth))
    guard insertHighBits(rest, width: highWidth, at: indexes, above: width, into: &values) else {
      throw corrupt("a chunk has an exception past its end")
    }
    return width + highWidth
  }
}

enum IntegerChunkReader {
  /// One of the `count` integers of the chunk at an offset, without the others.
  ///
  /// Complexity: O(exceptions).
  static func value(
    _ index: Int, ofChunkAt offset: Int, in bytes: Span<UInt8>, count: Int
  ) -> UInt32? {
    guard index >= 0, index < count, offset >= 0, offset < bytes.count else { return nil }
    let header = bytes[offset]
    let width = Int(header & IntegerChunkFormat.widthMask)
    let packedByteCount = packedByteCount(count: count, width: width)
    guard width <= 32, header & 0x80 == 0, offset + 1 + packedByteCount <= bytes.count else { return nil }
    var value: UInt32 = 0
    if width > 0 {
      value =
        count == IntegerBlock.size
        ? unpackOneVertically(bytes, at: offset + 1, width: width, index: index)
        : unpackOneHorizontally(bytes, at: offset + 1, width: width, index: index)
    }
    guard header & IntegerChunkFormat.exceptionsFlag != 0 else { return value }
    let head = offset + 1 + packedByteCount
    guard head + 2 <= bytes.count else { return nil }
    let exceptions = Int(bytes[head])
    let highWidth = Int(bytes[head + 1])
    guard width + highWidth <= 32, highWidth > 0,
      head + 2 + exceptions + horizontalByteCount(count: exceptions, width: highWidth) <= bytes.count
    else { return nil }
    for exception in 0..<exceptions where bytes[head + 2 + exception] == UInt8(index) {
      value |= unpackOneHorizontally(bytes, at: head + 2 + exceptions, width: highWidth, index: exception) << UInt32(width)
    }
    return value
  }

  static func packedByteCount(count: Int, width: Int) -> Int {
    count == IntegerBlock.size ? verticalByteCount(width: width) : horizontalByteCount(count: count, width: width)
  }
}
