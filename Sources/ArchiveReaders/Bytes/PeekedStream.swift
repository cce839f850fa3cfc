/// A stream whose first bytes can be looked at before it is read.
final class PeekedStream: ByteStream {
  /// The first bytes, as many as were asked for and the stream has.
  let firstBytes: [UInt8]
  private let source: any ByteStream
  private var replayed = 0
  private var failure: StreamFailure?

  /// Reads the first `count` bytes of `source` and keeps them for the first reads.
  init(_ source: any ByteStream, count: Int) {
    self.source = source
    var bytes = [UInt8](repeating: 0, count: count)
    var end = 0
    while end < count {
      do {
        let read = try source.read(into: &bytes, from: end)
        if read == 0 { break }
        end += read
      } catch {
        failure = error
        break
      }
    }
    firstBytes = Array(bytes[..<end])
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> Int {
    guard replayed == firstBytes.count else {
      let count = min(firstBytes.count - replayed, buffer.count - start)
      buffer.replaceSubrange(start..<(start + count), with: firstBytes[replayed..<(replayed + count)])
      replayed += count
      return count
    }
    if let failure { throw failure }
    return try source.read(into: &buffer, from: start)
  }
}
