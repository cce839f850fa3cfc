import IndexStorage

extension ByteReader {
  /// Reads a varint that counts or places something inside a file: less than 2^48, so that sums of a few of them fit.
  @_lifetime(self: copy self)
  mutating func readOffset() throws(StorageError) -> Int {
    let value = try readVarint()
    guard value < 1 << 48 else { throw corrupt("a place of \(value) is past any file") }
    return Int(value)
  }

  /// Reads eight bytes that count or place something inside a file: less than 2^48.
  @_lifetime(self: copy self)
  mutating func readOffset64() throws(StorageError) -> Int {
    let value = try readUInt64()
    guard value < 1 << 48 else { throw corrupt("a place of \(value) is past any file") }
    return Int(value)
  }
}
