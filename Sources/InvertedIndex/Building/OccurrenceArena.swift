/// The occurrences of all terms of a segment under construction: one growing byte stream per term, in slices of one array.
///
/// A stream starts with a slice of 8 bytes; each further slice is twice as long, up to 4 KiB. The last 4 bytes of a slice hold
/// the place of the next one. Source: the in-memory postings of Lucene's `ByteBlockPool` and Tantivy's `stacker`.
///
/// `bytes` has its planned size from the start, so growing does not copy; the system gives memory only as it is written to. A
/// document that needs more than was planned still fits, at the price of one copy.
struct OccurrenceArena {
  var bytes: [UInt8]
  /// The bytes handed out so far.
  private(set) var used = 0

  private static let linkByteCount = 4
  private static let firstSliceByteCount = 8
  private static let largestSliceByteCount = 4096

  /// An arena of a fixed size, at most 4 GiB.
  init(byteCount: Int) {
    precondition(byteCount < 1 << 32, "an arena is addressed with 32 bits")
    // Every byte is written before it is read, and a large allocation is zeroed by the system anyway; writing zeros here would
    // claim the memory at once.
    // An array made of no room is the one empty array of the process, and the standard library writes its count into it: a race.
    bytes = unsafe byteCount == 0 ? [] : [UInt8](unsafeUninitializedCapacity: byteCount) { _, count in count = byteCount }
  }

  /// Whether a document of so many words fits into what was planned, by a generous guess.
  func hasRoom(forWords count: Int) -> Bool { bytes.count - used >= count * 24 + 16 * Self.largestSliceByteCount }

  /// The writing end of one stream.
  struct Stream {
    /// Where its first slice starts.
    var start: UInt32
    /// Where its next byte goes.
    var next: UInt32
    /// Where the usable part of its current slice ends.
    var end: UInt32
    /// The size of its current slice.
    var sliceByteCount: UInt32
  }

  /// Starts a stream.
  mutating func makeStream() -> Stream {
    let start = UInt32(takeSlice(Self.firstSliceByteCount))
    return Stream(
      start: start, next: start, end: start + UInt32(Self.firstSliceByteCount - Self.linkByteCount),
      sliceByteCount: UInt32(Self.firstSliceByteCount))
  }

  /// Appends a number to a stream, seven bits a byte, the low ones first.
  mutating func appendVarint(_ value: UInt32, to stream: inout Stream) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80, to: &stream)
      value >>= 7
    }
    append(UInt8(truncatingIfNeeded: value), to: &stream)
  }

  /// The most bytes that a number takes.
  static let longestVarint: UInt32 = 5

  /// Writes a number as ``appendVarint(_:to:)`` does, into a slice that has room for the longest.
  @inline(__always)
  static func writeVarint(_ value: UInt32, to bytes: inout MutableSpan<UInt8>, at next: inout UInt32) {
    var value = value
    while value >= 0x80 {
      bytes[Int(next)] = UInt8(truncatingIfNeeded: value) | 0x80
      next &+= 1
      value >>= 7
    }
    bytes[Int(next)] = UInt8(truncatingIfNeeded: value)
    next &+= 1
  }

  private mutating func append(_ byte: UInt8, to stream: inout Stream) {
    if stream.next == stream.end { grow(&stream) }
    bytes[Int(stream.next)] = byte
    stream.next += 1
  }

  private mutating func grow(_ stream: inout Stream) {
    let size = min(stream.sliceByteCount * 2, UInt32(Self.largestSliceByteCount))
    let start = UInt32(takeSlice(Int(size)))
    for byte in 0..<Self.linkByteCount { bytes[Int(stream.end) + byte] = UInt8(truncatingIfNeeded: start >> UInt32(8 * byte)) }
    stream.next = start
    stream.end = start + size - UInt32(Self.linkByteCount)
    stream.sliceByteCount = size
  }

  private mutating func takeSlice(_ byteCount: Int) -> Int {
    let start = used
    used += byteCount
    if used > bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(byteCount, bytes.count / 4))) }
    return start
  }

  /// Reads a stream from its start.
  struct Reader {
    private var next: Int
    private var end: Int
    private var sliceByteCount = OccurrenceArena.firstSliceByteCount
    private let streamEnd: Int

    init(_ stream: Stream) {
      next = Int(stream.start)
      end = next + OccurrenceArena.firstSliceByteCount - OccurrenceArena.linkByteCount
      streamEnd = Int(stream.next)
    }

    /// Whether all was read.
    var isAtEnd: Bool { next == streamEnd }

    /// Reads a number; there must be one left.
    mutating func readVarint(_ bytes: Span<UInt8>) -> UInt32 {
      var value: UInt32 = 0
      var shift: UInt32 = 0
      while true {
        let byte = readByte(bytes)
        value |= UInt32(byte & 0x7F) &<< shift
        if byte < 0x80 { return value }
        shift += 7
      }
    }

    private mutating func readByte(_ bytes: Span<UInt8>) -> UInt8 {
      if next == end {
        var start = 0
        for byte in 0..<OccurrenceArena.linkByteCount { start |= Int(bytes[end + byte]) << (8 * byte) }
        sliceByteCount = min(sliceByteCount * 2, OccurrenceArena.largestSliceByteCount)
        next = start
        end = start + sliceByteCount - OccurrenceArena.linkByteCount
      }
      let byte = bytes[next]
      next += 1
      return byte
    }
  }
}
