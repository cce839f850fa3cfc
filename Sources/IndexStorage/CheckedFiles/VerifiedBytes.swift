/// A part of a checked file whose pages were found whole: for loops that come back to it often, as looking up the page each time
/// costs more than their work.
@safe
package struct VerifiedBytes {
  /// Keeps the memory.
  private let file: CheckedFile
  // Safe: the bytes live as long as `file`, at the same place.
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where they begin in the content of the file.
  package let offset: Int

  /// The content of a file at a range of offsets; throws as ``CheckedFile/bytes(_:)`` does.
  package init(_ file: CheckedFile, _ range: Range<Int>) throws(StorageError) {
    self.file = file
    offset = range.lowerBound
    let span = try file.bytes(range)
    unsafe bytes = span.withUnsafeBufferPointer { unsafe $0 }
  }

  /// How many there are.
  package var count: Int { unsafe bytes.count }

  /// The bytes.
  package var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(Span(_unsafeElements: bytes), borrowing: self) }
  }

  /// The first two bytes as a number, the lowest first.
  package var littleEndianUInt16: UInt16 { UInt16(span[0]) | UInt16(span[1]) << 8 }

  /// A reader of some of the bytes; its messages count from the start of the file.
  @_lifetime(borrow self)
  package func reader(_ range: Range<Int>) throws(StorageError) -> ByteReader {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw file.corrupt(at: offset, "a part reaches past its end") }
    return ByteReader(
      span.extracting(range), file: file.name, baseOffset: offset &+ range.lowerBound &+ CheckedFileFormat.headerByteCount)
  }

  /// An error about these bytes.
  package func corrupt(_ reason: String) -> StorageError { file.corrupt(at: offset, reason) }
}
