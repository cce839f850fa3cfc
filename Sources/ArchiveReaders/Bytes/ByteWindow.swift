/// A window that moves over a byte stream and always holds the record under way as one piece.
///
/// It grows to the longest record met, up to the limit its caller sets, and never with the stream.
///
/// Invariant: `0 <= start <= end <= bytes.count`; the bytes in `start ..< end` are read and not yet consumed.
final class ByteWindow {
  /// Large enough that a read costs little beside what is done with its bytes.
  static let defaultCapacity = 256 << 10

  private let stream: any ByteStream
  private(set) var bytes: [UInt8]
  private(set) var start = 0
  private(set) var end = 0
  /// Whether the stream has ended, for better or worse.
  private(set) var isAtEnd = false
  /// Why the stream ended before its time, if it did and nobody was told yet.
  private var failure: StreamFailure?

  /// A window over a stream; a UTF-8 byte order mark at its start is dropped.
  init(_ stream: any ByteStream, capacity: Int = ByteWindow.defaultCapacity) {
    self.stream = stream
    bytes = [UInt8](repeating: 0, count: max(capacity, 16))
    fill()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) && end >= 3 { start = 3 }
  }

  /// Whether nothing is left to read.
  var isExhausted: Bool { start == end && isAtEnd }

  /// Why the stream ended before its time, the first time it is asked.
  func takeFailure() -> StreamFailure? {
    defer { failure = nil }
    return failure
  }

  /// Marks bytes as consumed up to an index.
  func consume(to index: Int) {
    precondition(index >= start && index <= end, "only bytes that were read can be consumed")
    start = index
  }

  /// Reads on until the window is full, making it larger first if it is full of unconsumed bytes: twice as large, or one byte
  /// more than `limit` if that is less.
  ///
  /// Moves the unconsumed bytes to index 0: indexes from before are worth `start` less.
  func fill(limit: Int = .max) {
    makeRoom(limit)
    while end < bytes.count, !isAtEnd {
      do {
        let count = try stream.read(into: &bytes, from: end)
        end += count
        isAtEnd = count == 0
      } catch {
        failure = error
        isAtEnd = true
      }
    }
  }

  /// Drops all unread bytes and gives back the room that a long record took.
  func dropAll() {
    start = 0
    end = 0
    if bytes.count > ByteWindow.defaultCapacity { bytes = [UInt8](repeating: 0, count: ByteWindow.defaultCapacity) }
  }

  private func makeRoom(_ limit: Int) {
    let unread = start..<end
    if unread.count == bytes.count {
      let capacity = max(min(2 * bytes.count, limit < .max ? limit + 1 : .max), bytes.count + 1)
      var larger = [UInt8](repeating: 0, count: capacity)
      unsafe larger.withUnsafeMutableBytes { target in
        // Bound: the target is larger.
        unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
      }
      bytes = larger
    } else if unread.lowerBound > 0 {
      unsafe bytes.withUnsafeMutableBytes { buffer in
        // Bound: the range lies in the buffer, by the type's invariant, and its bytes move towards the front; they may overlap.
        unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unread]))
      }
    }
    start = 0
    end = unread.count
  }
}
