/// A run of up to 4,096 neighbouring documents of a segment: the unit in which scorers work together.
///
/// 4,096, so that bits and scores of a window stay in the nearest cache, and a call across the floor is paid once for thousands
/// of documents.
struct DocumentWindow: Hashable {
  static let size = 4096

  /// The first document.
  let start: UInt32
  /// The document after the last.
  let end: UInt32

  /// The window from a document on, in a segment of so many.
  init(from start: UInt32, documentCount: Int) {
    self.start = start
    end = UInt32(min(Int(start) + DocumentWindow.size, documentCount))
  }

  var count: Int { Int(end - start) }
}

/// A set of documents of a window: bit i is document `start + i`.
struct WindowBits {
  private(set) var words = InlineArray<64, UInt64>(repeating: 0)

  /// No document.
  init() {}

  /// The first `count` documents.
  init(first count: Int) {
    for word in 0..<count / 64 { words[word] = .max }
    if count % 64 != 0 { words[count / 64] = (1 << UInt64(count % 64)) - 1 }
  }

  var isEmpty: Bool {
    var union: UInt64 = 0
    for word in 0..<64 { union |= words[word] }
    return union == 0
  }

  /// The number of documents.
  var count: Int {
    var count = 0
    for word in 0..<64 { count += words[word].nonzeroBitCount }
    return count
  }

  @inline(__always)
  func contains(_ index: Int) -> Bool { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }

  @inline(__always)
  mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }

  @inline(__always)
  mutating func remove(_ index: Int) { words[index >> 6] &= ~(1 << UInt64(index & 63)) }

  mutating func formIntersection(_ other: borrowing WindowBits) {
    for word in 0..<64 { words[word] &= other.words[word] }
  }

  mutating func formUnion(_ other: borrowing WindowBits) {
    for word in 0..<64 { words[word] |= other.words[word] }
  }

  mutating func subtract(_ other: borrowing WindowBits) {
    for word in 0..<64 { words[word] &= ~other.words[word] }
  }

  /// The first document at or after `index`, or nil.
  func next(from index: Int) -> Int? {
    var word = index >> 6
    guard word < 64 else { return nil }
    var bits = words[word] & (.max << UInt64(index & 63))
    while bits == 0 {
      word += 1
      if word == 64 { return nil }
      bits = words[word]
    }
    return word * 64 + bits.trailingZeroBitCount
  }

  /// Calls `body` with each document, ascending.
  @inline(__always)
  func forEach<Failure: Error>(_ body: (_ index: Int) throws(Failure) -> Void) throws(Failure) {
    for word in 0..<64 {
      var bits = words[word]
      while bits != 0 {
        try body(word * 64 + bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
  }
}
