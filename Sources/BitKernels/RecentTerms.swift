/// The terms looked up last in a ``TermTable``, one for each of some thousand classes of hashes: so few that they stay in a near
/// cache, where nine of ten words of a text are found.
struct RecentTerms: Sendable {
  private static let classCount = 1 << 13
  /// None before the first term.
  private var slots: [TermSlot] = []

  /// The bytes taken.
  var byteCount: Int { MemoryLayout<TermSlot>.stride * slots.count }

  /// Gives each term its word where it is here. The others get any, and are listed in front of `open` by their places among those
  /// asked for; returns how many these are.
  ///
  /// No step depends on what was found, so that nothing waits for it.
  mutating func words(
    of bytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>, into words: inout PlainBuffer<UInt32>,
    open: inout [UInt32]
  ) -> Int {
    precondition(offsets.count == lengths.count, "each term has a length")
    if slots.isEmpty { slots = Array(repeating: TermSlot(), count: Self.classCount) }
    words.removeAll()
    let memory = unsafe words.memoryToAppend(offsets.count)
    if open.count < offsets.count { open = Array(repeating: 0, count: 2 * offsets.count) }
    var open = open.mutableSpan
    var openCount = 0
    let slots = slots.span
    for index in offsets.indices {
      // Safe: there are as many lengths as offsets, and room for as many words and open terms.
      let (offset, count) = unsafe (Int(offsets[unchecked: index]), Int(lengths[unchecked: index]))
      unsafe open[unchecked: openCount] = UInt32(truncatingIfNeeded: index)
      guard offset &+ 16 <= bytes.count, count <= TermKey.shortCount else {
        unsafe memory[index] = 0
        openCount &+= 1
        continue
      }
      let key = TermKey(short: bytes, at: offset, count: count)
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
