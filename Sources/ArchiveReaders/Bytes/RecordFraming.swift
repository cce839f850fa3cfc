/// Finds where records end, over bytes that come in pieces. The state of a record under way is kept between the pieces.
protocol RecordFraming {
  /// The index just behind the record that is under way, looking at the bytes from `start` on; nil when it does not end in them.
  mutating func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int?
}

/// One record as it was cut from a stream.
enum CutRecord {
  /// A whole record, at these indexes of the window until it is asked for the next.
  case record(Range<Int>)
  /// The last bytes of the stream, behind which the framing expected more; never empty.
  case remainder(Range<Int>)
  /// A record beyond the limit; its bytes are gone.
  case oversized(byteCount: Int)
  /// The stream ended before its time; a record it broke off in is dropped. Given once, then ``end``.
  case failed(reason: String)
  /// Nothing is left.
  case end
}

extension ByteWindow {
  /// Cuts the next record from the stream; one larger than `limit` is passed over without being held.
  ///
  /// Complexity: O(bytes of the record); the window grows to hold it.
  func nextRecord(_ framing: inout some RecordFraming, limit: Int) -> CutRecord {
    var searched = start
    while true {
      if let recordEnd = framing.endOfRecord(in: bytes.span.extracting(0..<end), from: searched) {
        let record = start..<recordEnd
        consume(to: recordEnd)
        return record.count <= limit ? .record(record) : .oversized(byteCount: record.count)
      }
      if isAtEnd {
        let rest = start..<end
        consume(to: end)
        if let failure = takeFailure() { return .failed(reason: failure.reason) }
        guard !rest.isEmpty else { return .end }
        return rest.count <= limit ? .remainder(rest) : .oversized(byteCount: rest.count)
      }
      searched = end - start
      if searched > limit { return passOver(&framing) }
      fill(limit: limit)
    }
  }

  private func passOver(_ framing: inout some RecordFraming) -> CutRecord {
    var passed = end - start
    dropAll()
    while !isAtEnd {
      fill()
      let recordEnd = framing.endOfRecord(in: bytes.span.extracting(0..<end), from: start)
      passed += (recordEnd ?? end) - start
      consume(to: recordEnd ?? end)
      if recordEnd != nil { return .oversized(byteCount: passed) }
    }
    if let failure = takeFailure() { return .failed(reason: failure.reason) }
    return .oversized(byteCount: passed)
  }
}

/// Records are lines, each ended by a line feed.
struct LineFraming: RecordFraming {
  mutating func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int? {
    bytes.firstIndex(of: UInt8(ascii: "\n"), from: start).map { $0 + 1 }
  }
}
