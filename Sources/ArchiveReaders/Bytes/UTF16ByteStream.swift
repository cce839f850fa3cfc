/// Gives text that lies in UTF-16 as UTF-8. Half surrogate pairs and an odd last byte become U+FFFD and are counted.
final class UTF16ByteStream: ByteStream {
  private let source: any ByteStream
  private let isBigEndian: Bool
  private let tally: ReadingTally
  private var input = [UInt8](repeating: 0, count: 64 << 10)
  private var inputStart = 0
  private var inputEnd = 0
  private var sourceEnded = false

  /// A decoder of what `source` gives; a byte order mark stays in, as that of UTF-8.
  init(_ source: any ByteStream, isBigEndian: Bool, tally: ReadingTally) {
    self.source = source
    self.isBigEndian = isBigEndian
    self.tally = tally
  }

  func read(into buffer: inout [UInt8], from start: Int) throws(StreamFailure) -> Int {
    var end = start
    // A scalar takes at most four bytes; callers' buffers are far larger.
    while end + 4 <= buffer.count {
      guard let unit = try nextUnit() else { break }
      var scalar = UInt32(unit)
      if UTF16.isLeadSurrogate(unit), let trail = try peekUnit(), UTF16.isTrailSurrogate(trail) {
        inputStart += 2
        scalar = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
      }
      let character = Unicode.Scalar(scalar) ?? repaired()
      for byte in UTF8.encode(character) ?? UTF8.encodedReplacementCharacter {
        buffer[end] = byte
        end += 1
      }
    }
    return end - start
  }

  private func repaired() -> Unicode.Scalar {
    tally.counters.repairs += 1
    return "\u{FFFD}"
  }

  private func nextUnit() throws(StreamFailure) -> UInt16? {
    let unit = try peekUnit()
    if unit != nil {
      inputStart = min(inputStart + 2, inputEnd)
    }
    return unit
  }

  private func peekUnit() throws(StreamFailure) -> UInt16? {
    while inputEnd - inputStart < 2, !sourceEnded {
      input.replaceSubrange(0..<(inputEnd - inputStart), with: Array(input[inputStart..<inputEnd]))
      inputEnd -= inputStart
      inputStart = 0
      let count = try source.read(into: &input, from: inputEnd)
      inputEnd += count
      sourceEnded = count == 0
    }
    guard inputStart < inputEnd else { return nil }
    // Half a unit at the very end is shown as half a pair, which is repaired.
    guard inputStart + 1 < inputEnd else { return 0xD800 }
    let (first, second) = (UInt16(input[inputStart]), UInt16(input[inputStart + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
}
