/// What a term is looked up by in a ``TermTable``.
struct TermKey {
  /// The first eight bytes, the lowest first.
  let first: UInt64
  /// Of a short term the bytes after them, and its length in the highest; no other short term has the same two numbers.
  let second: UInt64
  /// A hash of all bytes.
  let hash: UInt64

  /// The most bytes of a short term, as nearly all words are.
  static let shortCount = 15

  /// The key of any `count` bytes, which must be there.
  init(_ bytes: Span<UInt8>, at offset: Int, count: Int) {
    let first = bytes.leadingBytes(of: count, at: offset)
    let rest = count > 8 ? bytes.leadingBytes(of: count - 8, at: offset + 8) : 0
    if count <= Self.shortCount {
      self.init(first: first, second: rest | UInt64(count) << 56, further: 0)
    } else {
      self.init(first: first, second: rest, further: termHash(bytes, at: offset + 8, count: count - 8))
    }
  }

  /// The key of a short term of at least one byte.
  ///
  /// Without a branch on its length, which is hard to foresee.
  @inline(__always)
  init(short bytes: Span<UInt8>, at offset: Int, count: Int) {
    precondition(
      offset >= 0 && offset &+ 16 <= bytes.count && count >= 1 && count <= Self.shortCount, "sixteen bytes are not there")
    // Safe: they are.
    let raw = unsafe bytes.bytes
    let low = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    let high = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 8, as: UInt64.self))
    let length = UInt64(truncatingIfNeeded: count)
    // A shift by 64 is one by 0.
    self.init(
      first: low & UInt64.max &>> (0 &- 8 &* min(length, 8)),
      second: high & (1 &<< (8 &* (max(length, 8) &- 8)) &- 1) | length &<< 56, further: 0)
  }

  @inline(__always)
  private init(first: UInt64, second: UInt64, further: UInt64) {
    self.first = first
    self.second = second
    hash = mix(0x9E37_79B9_7F4A_7C15 ^ first ^ second &* 0xD6E8_FEB8_6659_FD93) ^ further
  }

  /// Where the search begins, once it is cut to the number of slots.
  @inline(__always)
  var place: Int { Int(truncatingIfNeeded: hash) }
}

/// The place of one term in a table.
struct TermSlot: BitwiseCopyable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  /// The term's number plus 1; 0 where the slot is free.
  private(set) var word: UInt32 = 0

  /// A free slot.
  init() {}

  init(_ key: TermKey, word: UInt32) {
    (first, second, self.word) = (key.first, key.second, word)
  }

  /// 0 where a key is the slot's, or seems to be: two long terms are not told apart, and a free slot has a key that no term has.
  @inline(__always)
  func difference(_ key: TermKey) -> UInt64 { (first ^ key.first) | (second ^ key.second) }

  /// Whether a key is the slot's, or seems to be.
  func holds(_ key: TermKey) -> Bool { difference(key) == 0 }
}
