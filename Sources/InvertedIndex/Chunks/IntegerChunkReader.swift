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
    let packed = try readBytes(IntegerChunkReader.packedByteCount(count: count, width: width))
    if count == IntegerBlock.size {
      unpackVertically(packed, at: 0, width: width, into: &values)
    } else {
      unpackHorizontally(packed, at: 0, count: count, width: width, into: &values)
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
    let packed = try readBytes(horizontalByteCount(count: exceptions, width: highWidth))
    var highs = IntegerBlock.zeros
    unpackHorizontally(packed, at: 0, count: exceptions, width: highWidth, into: &highs)
    for exception in 0..<exceptions {
      let index = Int(indexes[exception])
      guard index < count else { throw corrupt("a chunk has an exception past its end") }
      values[index] |= width == 32 ? 0 : highs[exception] << UInt32(width)
    }
    return width + highWidth
  }
}

enum IntegerChunkReader {
  static func packedByteCount(count: Int, width: Int) -> Int {
    count == IntegerBlock.size ? verticalByteCount(width: width) : horizontalByteCount(count: count, width: width)
  }
}
