#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Whether the byte is a space, tab, line feed or carriage return.
@inline(__always)
func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

extension Span<UInt8> {
  /// The index of the first `byte` at or after `start`, or nil.
  ///
  /// `memchr` because it reads vectors: lines of 3 KB are found at 10 GB/s, by a loop over the span at 1.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start < count else { return nil }
    return unsafe extracting(start..<count).withUnsafeBytes { rest -> Int? in
      // Bound: `rest` is the span's own extent, not empty.
      guard let base = rest.baseAddress, let found = unsafe memchr(base, Int32(byte), rest.count) else { return nil }
      return unsafe start + (UnsafeRawPointer(found) - base)
    }
  }

  /// How often `byte` occurs.
  func occurrences(of byte: UInt8) -> Int {
    var number = 0
    var index = 0
    while let found = firstIndex(of: byte, from: index) {
      number += 1
      index = found + 1
    }
    return number
  }

  /// The index of the first byte at or after `start` that ends a run of plain text in a JSON string: `"`, `\` or a control
  /// character; `count` when there is none.
  ///
  /// Eight bytes at a time: a byte equals `x` exactly where `word ^ x...x` has a zero byte, which `(v - 1) & ~v` shows in the
  /// top bit of the lowest such byte. Source: "Bit Twiddling Hacks", determine if a word has a zero byte.
  func endOfPlainText(from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops: UInt64 = 0x8080_8080_8080_8080
    let raw = unsafe bytes
    var index = start
    while index + 8 <= count {
      // Bound: checked by the loop, and by the load itself.
      let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
      let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
      let found =
        ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | (word &- ones &* 0x20) & ~word) & tops
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count {
      let byte = self[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return index }
      index += 1
    }
    return count
  }

  /// Whether the bytes begin with this ASCII text.
  func hasPrefix(_ text: StaticString, at start: Int = 0) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start >= 0, start + length <= count else { return false }
    for index in 0..<length {
      // Bound: `index` is below the length of the static string.
      guard unsafe self[start + index] == text.utf8Start[index] else { return false }
    }
    return true
  }

  /// The index of the first occurrence of this ASCII text at or after `start`, or nil. The text must not be empty.
  func firstIndex(of text: StaticString, from start: Int = 0) -> Int? {
    let first = unsafe text.utf8Start[0]
    var index = start
    while let found = firstIndex(of: first, from: index) {
      if hasPrefix(text, at: found) { return found }
      index = found + 1
    }
    return nil
  }

  /// The line without the LF or CRLF at its end.
  var withoutLineEnd: Span<UInt8> {
    @_lifetime(copy self)
    get {
      var end = count
      if end > 0, self[end - 1] == 0x0A { end -= 1 }
      if end > 0, self[end - 1] == 0x0D { end -= 1 }
      return extracting(0..<end)
    }
  }

  /// Whether all of it is white space.
  var isBlank: Bool {
    for index in indices where !isWhitespace(self[index]) { return false }
    return true
  }

  /// The range without white space and control characters at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, self[start] <= 0x20 { start += 1 }
    while start < end, self[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}

extension [UInt8] {
  /// Appends the bytes of a span.
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { run in unsafe append(contentsOf: run) }
  }
}
