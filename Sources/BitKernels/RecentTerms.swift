/// The terms looked up last in a ``TermTable``, one for each of some thousand classes of hashes: so few that they stay in a near
/// cache, where nine of ten words of a text are found.
struct RecentTerms: Sendable {
  private static let classCount = 1 << 13
  /// None before the first term.
  private var slots: [TermSlot] = []

  /// The bytes taken.
  var byteCount: Int { MemoryLayout<TermSlot>.stride * slots.count }

  /// Gives each term its word where it is here. The others get any, and are listed in front of `open`; returns how many these are.
  ///
  /// No step depends on what was found, so that nothing waits for it.
  mutating func words(
    of bytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>, into words: inout PlainBuffer<UInt32>,
    open: inout [OpenTerm]
  ) -> Int {
    precondition(offsets.count == lengths.count, "each term has a length")
    if slots.isEmpty { slots = Array(repeating: TermSlot(), count: Self.classCount) }
    words.removeAll()
    let memory = unsafe words.memoryToAppend(offsets.count)
    if open.count < offsets.count { open = Array(repeating: OpenTerm(), count: 2 * offsets.count) }
    var open = open.mutableSpan
    var openCount = 0
    let slots = slots.span
    for index in offsets.indices {
      // Safe: there are as many lengths as offsets, and room for as many words and open terms.
      let (offset, count) = unsafe (Int(offsets[unchecked: index]), Int(lengths[unchecked: index]))
      guard offset &+ 16 <= bytes.count, count <= TermKey.shortCount else {
        unsafe memory[index] = 0
        unsafe open[unchecked: openCount] = OpenTerm(index, TermKey(bytes, at: offset, count: count))
        openCount &+= 1
        continue
      }
      let key = TermKey(short: bytes, at: offset, count: count)
      unsafe open[unchecked: openCount] = OpenTerm(index, key)
      let slot = unsafe slots[unchecked: key.place & (Self.classCount &- 1)]
      let difference = slot.difference(key)
      unsafe memory[index] = slot.word
      // 1 where there is one. A condition would become a branch.
      openCount &+= Int(truncatingIfNeeded: (difference | (0 &- difference)) &>> 63)
    }
    words.didWrite(offsets.count)
    return openCount
  }

  /// Takes a term in, instead of the last one of its class.
  mutating func note(_ word: UInt32, _ key: TermKey, count: Int) {
    guard count <= TermKey.shortCount, !slots.isEmpty else { return }
    slots[key.place & (Self.classCount - 1)] = TermSlot(key, word: word)
  }
}

/// A term that was not among the recent ones.
struct OpenTerm: BitwiseCopyable {
  /// Which of the terms that were asked for it is.
  private(set) var index: UInt32 = 0
  /// The lower half of ``TermKey/place``.
  private(set) var place: UInt32 = 0

  init() {}

  @inline(__always)
  init(_ index: Int, _ key: TermKey) {
    self.index = UInt32(truncatingIfNeeded: index)
    place = UInt32(truncatingIfNeeded: key.place)
  }
}
