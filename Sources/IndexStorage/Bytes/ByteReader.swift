/// Reads numbers and bytes from the start of a span to its end, trusting none of them.
///
/// Whatever the bytes say, the worst outcome is ``StorageError/corrupt(file:offset:reason:)`` that names the file and the
/// offset; after an error the position is not defined. A count read from a file says nothing about how many bytes follow: use
/// ``readCount(elementByteCount:)`` before allocating for it.
///
///     var reader = ByteReader(try file.bytes(0..<16), file: file.name, baseOffset: 0)
///     let documents = try reader.readUInt32()
///     let gap = try reader.readVarint()
@usableFromInline
package struct ByteReader: ~Escapable {
  @usableFromInline let span: Span<UInt8>
  /// The file's name, for messages.
  @usableFromInline package let file: String
  /// Where in the file the span begins, for messages.
  @usableFromInline package let baseOffset: Int
  /// How many bytes were read.
  @inlinable package var position: Int { _position }
  @usableFromInline var _position: Int

  /// Reads `bytes`, which begin at `baseOffset` of `file`.
  @inlinable
  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, file: String, baseOffset: Int = 0) {
    span = bytes
    self.file = file
    self.baseOffset = baseOffset
    _position = 0
  }

  /// How many bytes are left.
  @inlinable package var remaining: Int { span.count &- _position }

  /// Whether all bytes were read.
  @inlinable package var isAtEnd: Bool { _position == span.count }

  /// Reads one byte.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readUInt8() throws(StorageError) -> UInt8 {
    try require(1)
    let value = span[_position]
    _position &+= 1
    return value
  }

  /// Reads two bytes, the low one first.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readUInt16() throws(StorageError) -> UInt16 {
    try require(2)
    let value = UInt16(span[_position]) | UInt16(span[_position &+ 1]) << 8
    _position &+= 2
    return value
  }

  /// Reads four bytes, the lowest first.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readUInt32() throws(StorageError) -> UInt32 {
    try require(4)
    let value = span.littleEndianUInt32(at: _position)
    _position &+= 4
    return value
  }

  /// Reads eight bytes, the lowest first.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readUInt64() throws(StorageError) -> UInt64 {
    try require(8)
    let value = span.littleEndianUInt64(at: _position)
    _position &+= 8
    return value
  }

  /// Reads sixteen bytes, the lowest first.
  @_lifetime(self: copy self)
  package mutating func readUInt128() throws(StorageError) -> UInt128 {
    let low = try readUInt64()
    return UInt128(try readUInt64()) << 64 | UInt128(low)
  }

  /// Reads what ``ByteWriter/appendVarint(_:)-(UInt64)`` wrote. Longer spellings of the same number are refused, so that a
  /// number has one.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readVarint() throws(StorageError) -> UInt64 {
    // Most numbers take one byte or two; the rest of the work stays out of the caller's loop.
    if remaining >= 2 {
      let first = span[_position]
      if first < 0x80 {
        _position &+= 1
        return UInt64(first)
      }
      let second = span[_position &+ 1]
      if second < 0x80, second != 0 {
        _position &+= 2
        return UInt64(first & 0x7F) | UInt64(second) << 7
      }
    }
    return try readLongVarint()
  }

  @inline(never)
  @usableFromInline
  @_lifetime(self: copy self)
  mutating func readLongVarint() throws(StorageError) -> UInt64 {
    if remaining >= 4 {
      // Three bytes or four, as places in files mostly take.
      let word = span.littleEndianUInt32(at: _position)
      if word & 0x8080 == 0x8080, word & 0x80_0000 == 0 || word & 0x8000_0000 == 0 {
        let isThree = word & 0x80_0000 == 0
        let top = isThree ? word >> 16 & 0x7F : word >> 24
        if top != 0 {
          _position &+= isThree ? 3 : 4
          let low = word & 0x7F | (word & 0x7F00) >> 1
          return UInt64(isThree ? low | top << 14 : low | (word & 0x7F_0000) >> 2 | top << 21)
        }
      }
    }
    let start = _position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while _position < span.count {
      let byte = span[_position]
      _position &+= 1
      // The tenth byte has room for one bit.
      if shift == 63, byte > 1 { throw corrupt(at: start, "a number is too large") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 {
        if byte == 0, shift > 0 { throw corrupt(at: start, "a number is longer than it needs to be") }
        return value
      }
      shift += 7
    }
    throw corrupt(at: start, "the bytes end inside a number")
  }

  /// Reads a varint of at most 32 bits.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readVarint32() throws(StorageError) -> UInt32 {
    let start = _position
    let value = try readVarint()
    guard let narrow = UInt32(exactly: value) else { throw corrupt(at: start, "a number is too large") }
    return narrow
  }

  /// Reads the number of elements that follow, as a varint, and refuses one for which the rest of the bytes would be too short.
  ///
  /// - Parameter elementByteCount: the fewest bytes an element takes, at least 1.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func readCount(elementByteCount: Int = 1) throws(StorageError) -> Int {
    precondition(elementByteCount >= 1, "an element takes at least one byte")
    let start = _position
    let value = try readVarint()
    guard let count = Int(exactly: value), count <= remaining / elementByteCount else {
      throw overflow(at: start, value)
    }
    return count
  }

  @inline(never)
  @usableFromInline
  func overflow(at start: Int, _ count: UInt64) -> StorageError {
    corrupt(at: start, "\(count) elements do not fit into the \(remaining) bytes left")
  }

  /// Reads the next `count` bytes without copying them.
  @inlinable
  @_lifetime(copy self)
  package mutating func readBytes(_ count: Int) throws(StorageError) -> Span<UInt8> {
    try require(count)
    let start = _position
    _position = start &+ count
    return span.extracting(start..<_position)
  }

  /// The bytes that were not read yet.
  @inlinable package var unread: Span<UInt8> {
    @_lifetime(copy self) get { span.extracting(_position..<span.count) }
  }

  /// Reads a string preceded by its length; bytes that are not UTF-8 are an error.
  @_lifetime(self: copy self)
  package mutating func readString() throws(StorageError) -> String {
    let start = _position
    let bytes = try readBytes(try readCount())
    guard let text = String(validating: [UInt8](copying: bytes), as: UTF8.self) else {
      throw corrupt(at: start, "text is not UTF-8")
    }
    return text
  }

  /// Passes over `count` bytes.
  @inlinable
  @_lifetime(self: copy self)
  package mutating func skip(_ count: Int) throws(StorageError) {
    try require(count)
    _position &+= count
  }

  /// Refuses bytes that nothing describes.
  package func finish() throws(StorageError) {
    guard isAtEnd else { throw corrupt(at: _position, "\(remaining) bytes follow the end") }
  }

  /// An error about the bytes at the current position.
  package func corrupt(_ reason: String) -> StorageError {
    corrupt(at: _position, reason)
  }

  /// An error about the bytes at a position of the span.
  @usableFromInline package func corrupt(at position: Int, _ reason: String) -> StorageError {
    .corrupt(file: file, offset: baseOffset &+ position, reason: reason)
  }

  /// Makes sure that `count` bytes are left.
  @inlinable
  func require(_ count: Int) throws(StorageError) {
    if count < 0 || count > remaining { try endEarly(count) }
  }

  // Throws by itself, because building the error in every caller made their loops larger than their work.
  @inline(never)
  @usableFromInline
  func endEarly(_ needed: Int) throws(StorageError) {
    throw corrupt(at: _position, "\(needed) bytes were expected and \(remaining) are left")
  }
}
