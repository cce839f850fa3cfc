/// Collects the bytes of a structure: little-endian numbers of explicit widths, and variable-length ones.
///
///     var writer = ByteWriter()
///     writer.append(UInt16(0x0102))     // 02 01
///     writer.appendVarint(300)          // AC 02
@usableFromInline
package struct ByteWriter: Sendable {
  /// The bytes so far.
  @usableFromInline package var bytes: [UInt8]

  /// An empty writer with room for `capacity` bytes.
  package init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// How many bytes there are so far: the offset of the next one.
  package var count: Int { bytes.count }

  /// Appends one byte.
  @inlinable
  package mutating func append(_ value: UInt8) {
    bytes.append(value)
  }

  /// Appends two bytes, the low one first.
  @inlinable
  package mutating func append(_ value: UInt16) {
    appendBytes(of: value.littleEndian)
  }

  /// Appends four bytes, the lowest first.
  @inlinable
  package mutating func append(_ value: UInt32) {
    appendBytes(of: value.littleEndian)
  }

  /// Appends eight bytes, the lowest first.
  @inlinable
  package mutating func append(_ value: UInt64) {
    appendBytes(of: value.littleEndian)
  }

  /// Appends sixteen bytes, the lowest first.
  @inlinable
  package mutating func append(_ value: UInt128) {
    appendBytes(of: value.littleEndian)
  }

  // At once, because eight appends of a byte took three times as long.
  @inlinable
  mutating func appendBytes<Value: FixedWidthInteger>(of value: Value) {
    // The pointer does not leave the closure.
    unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a number seven bits a byte, the lowest first; the high bit says that more follow (LEB128). At most ten bytes.
  ///
  ///     0 → 00     127 → 7F     128 → 80 01     300 → AC 02
  @inlinable
  package mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a count or length as ``appendVarint(_:)-(UInt64)`` does.
  ///
  /// - Precondition: `value` is not negative.
  @inlinable
  package mutating func appendVarint(_ value: Int) {
    precondition(value >= 0, "a count cannot be negative")
    appendVarint(UInt64(value))
  }

  /// Appends bytes as they are.
  package mutating func append(contentsOf other: [UInt8]) {
    bytes += other
  }

  /// Appends bytes as they are.
  package mutating func append(contentsOf other: Span<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Appends the bytes of a string, preceded by their number as a varint.
  package mutating func append(lengthPrefixed text: String) {
    let text = text.utf8Span.span
    appendVarint(text.count)
    bytes.append(contentsOf: text)
  }

  /// Replaces four bytes written before, for numbers that are known late.
  ///
  /// - Precondition: they lie inside what was written.
  package mutating func patch(at offset: Int, _ value: UInt32) {
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(index * 8)) }
  }

  /// Replaces eight bytes written before, for numbers that are known late.
  ///
  /// - Precondition: they lie inside what was written.
  package mutating func patch(at offset: Int, _ value: UInt64) {
    for index in 0..<8 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8)) }
  }

  /// How many bytes a number takes as a varint: 1 to 10.
  @inlinable
  package static func varintByteCount(_ value: UInt64) -> Int {
    (70 - (value | 1).leadingZeroBitCount) / 7
  }
}
