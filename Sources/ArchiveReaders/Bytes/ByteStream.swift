/// Bytes that come one piece after the other: a file, or what a decompressor makes of one.
protocol ByteStream: AnyObject {
  /// Reads bytes into `buffer` from index `start` on and returns how many; 0 only at the end of the stream.
  ///
  /// `start` must lie before the end of `buffer`. What came before a failure has been delivered by earlier calls.
  func read(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> Int
}

/// Why the bytes of a file end before their time: a short sentence without a full stop.
struct StreamFailure: Error, Hashable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
