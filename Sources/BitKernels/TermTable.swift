/// The terms of a segment under construction: a hash table with open addressing from the bytes of a term to its number.
///
/// Looking a word up is what building does most. Nearly all words of an article are found among the terms seen last, which a near
/// cache holds; for the others a slot holds all that a short term is compared by, so that one place in memory answers for it.
package struct TermTable: Sendable {
  /// The bytes of all terms, one after the other.
  package private(set) var termBytes: [UInt8] = []
  /// Where the bytes of each term begin, and where those of the last end.
  private var starts: [UInt32] = [0]
  /// As many as a power of two, at most half of them taken.
  private var slots: [TermSlot]
  private var recent = RecentTerms()
  /// Scratch: the terms of a call that are not among the recent ones.
  private var open: [OpenTerm] = []

  /// No term.
  package init() { slots = Array(repeating: TermSlot(), count: 1 << 10) }

  /// The number of terms.
  package var count: Int { starts.count - 1 }

  /// The bytes the table takes.
  package var byteCount: Int {
    termBytes.capacity + 4 * starts.capacity + MemoryLayout<TermSlot>.stride * slots.count + recent.byteCount
  }

  /// The bytes of a term, as a range of `termBytes`.
  package func range(_ term: Int) -> Range<Int> { Int(starts[term])..<Int(starts[term + 1]) }

  /// The number of the term whose bytes are `count` of `bytes` from `offset`; a new term gets the next number.
  ///
  /// Complexity: O(count) expected.
  package mutating func number(of bytes: Span<UInt8>, at offset: Int, count: Int) -> Int {
    let key = TermKey(bytes, at: offset, count: count)
    return find(bytes, at: offset, key, count: count) ?? insert(bytes, at: offset, key, count: count)
  }

  /// The number of a term that was added before, or nil.
  ///
  /// Complexity: O(count) expected.
  package func find(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> Int? {
    find(bytes, at: offset, TermKey(bytes, at: offset, count: count), count: count)
  }

  /// Gives each of many terms its number plus 1, as rows of words have it; term i is `lengths[i]` of `bytes` from `offsets[i]`, and
  /// new ones get the next numbers.
  ///
  /// Complexity: O(bytes of the terms) expected.
  package mutating func words(
    of bytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>, into words: inout PlainBuffer<UInt32>
  ) {
    let openCount = recent.words(of: bytes, offsets: offsets, lengths: lengths, into: &words, open: &open)
    touch(openCount, &words)
    for place in 0..<openCount {
      let index = Int(open[place].index)
      let (offset, count) = (Int(offsets[index]), Int(lengths[index]))
      let key = TermKey(bytes, at: offset, count: count)
      let number = find(bytes, at: offset, key, count: count) ?? insert(bytes, at: offset, key, count: count)
      words[index] = UInt32(number + 1)
      recent.note(UInt32(number + 1), key, count: count)
    }
  }

  /// Brings the slots near in which the open terms will be looked for. No step depends on what a slot holds, so that the time which
  /// memory takes for many of them is spent together.
  private func touch(_ openCount: Int, _ words: inout PlainBuffer<UInt32>) {
    let (open, slots) = (open.span, slots.span)
    let mask = slots.count - 1
    var words = words.mutableSpan
    for place in 0..<openCount { words[Int(open[place].index)] = slots[Int(open[place].place) & mask].word }
  }

  private func find(_ bytes: Span<UInt8>, at offset: Int, _ key: TermKey, count: Int) -> Int? {
    let mask = slots.count - 1
    var place = key.place & mask
    while slots[place].word != 0 {
      let slot = slots[place]
      let number = Int(slot.word) - 1
      if slot.holds(key), count <= TermKey.shortCount || isEqual(number, bytes, at: offset, count: count) { return number }
      place = (place + 1) & mask
    }
    return nil
  }

  private func isEqual(_ number: Int, _ bytes: Span<UInt8>, at offset: Int, count: Int) -> Bool {
    let range = range(number)
    return count == range.count && bytesEqual(termBytes.span, at: range.lowerBound, bytes, at: offset, count: count)
  }

  /// Gives a term that is not there the next number.
  private mutating func insert(_ bytes: Span<UInt8>, at offset: Int, _ key: TermKey, count: Int) -> Int {
    if 2 * (self.count + 1) > slots.count { grow() }
    let number = self.count
    occupy(key, number)
    for index in offset..<offset + count { termBytes.append(bytes[index]) }
    starts.append(UInt32(termBytes.count))
    return number
  }

  private mutating func occupy(_ key: TermKey, _ number: Int) {
    let mask = slots.count - 1
    var place = key.place & mask
    while slots[place].word != 0 { place = (place + 1) & mask }
    slots[place] = TermSlot(key, word: UInt32(number + 1))
  }

  private mutating func grow() {
    slots = Array(repeating: TermSlot(), count: 2 * slots.count)
    // In the order of their numbers, so that words that came early, most of them frequent, are found at once.
    for number in 0..<count {
      let range = range(number)
      occupy(TermKey(termBytes.span, at: range.lowerBound, count: range.count), number)
    }
  }

  /// The numbers of the terms in the order of their bytes.
  ///
  /// Complexity: O(terms · log terms); most comparisons are of the first eight bytes, held as one number.
  package func sortedNumbers() -> [UInt32] {
    let bytes = termBytes.span
    var keys = (0..<count).map { term in
      let range = range(term)
      return (prefix: bytes.leadingBytes(of: range.count, at: range.lowerBound).byteSwapped, term: UInt32(term))
    }
    keys.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return termBytes[range(Int(left.term))].lexicographicallyPrecedes(termBytes[range(Int(right.term))])
    }
    return keys.map(\.term)
  }
}
