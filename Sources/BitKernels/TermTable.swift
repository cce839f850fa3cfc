/// The terms of a segment under construction: a hash table with open addressing from the bytes of a term to its number.
///
/// Looking a word up is what building does most, so a slot holds all that a short term is compared by, and one cache line answers
/// for it.
package struct TermTable: Sendable {
  /// The bytes of all terms, one after the other.
  package private(set) var termBytes: [UInt8] = []
  /// Where the bytes of each term begin, and where those of the last end.
  private var starts: [UInt32] = [0]
  /// As many as a power of two, at most half of them taken.
  private var slots: [Slot]

  /// The place of one term.
  private struct Slot: BitwiseCopyable {
    /// The first eight bytes, the first one lowest.
    var leadingBytes: UInt64 = 0
    /// See ``TermKey``.
    var tag: UInt32 = 0
    /// The number plus 1; 0 where the slot is free.
    var term: UInt32 = 0
  }

  /// No term.
  package init() { slots = Array(repeating: Slot(), count: 1 << 10) }

  /// The number of terms.
  package var count: Int { starts.count - 1 }

  /// The bytes the table takes.
  package var byteCount: Int { termBytes.capacity + 4 * starts.capacity + MemoryLayout<Slot>.stride * slots.count }

  /// The bytes of a term, as a range of `termBytes`.
  package func range(_ term: Int) -> Range<Int> { Int(starts[term])..<Int(starts[term + 1]) }

  /// The number of the term whose bytes are `count` of `bytes` from `offset`; a new term gets the next number.
  ///
  /// Complexity: O(count) expected.
  package mutating func number(of bytes: Span<UInt8>, at offset: Int, count: Int) -> Int {
    find(bytes, at: offset, count: count) ?? insert(bytes, at: offset, count: count)
  }

  /// The number of a term that was added before, or nil.
  ///
  /// Complexity: O(count) expected.
  package func find(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> Int? {
    Self.find(bytes, at: offset, count: count, slots.span, starts.span, termBytes.span)
  }

  /// The number of each of many terms, of which term i is `lengths[i]` of `bytes` from `offsets[i]`; new ones get the next numbers.
  ///
  /// Complexity: O(bytes of the terms) expected.
  package mutating func numbers(
    of bytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>, into numbers: inout PlainBuffer<UInt32>
  ) {
    precondition(offsets.count == lengths.count, "each term has a length")
    numbers.removeAll()
    numbers.reserve(offsets.count)
    while true {
      findKnown(bytes, offsets, lengths, into: &numbers)
      let next = numbers.count
      guard next < offsets.count else { return }
      numbers.append(UInt32(insert(bytes, at: Int(offsets[next]), count: Int(lengths[next]))))
    }
  }

  /// Appends the numbers of the terms after those that have one, up to the first that is new.
  private func findKnown(
    _ bytes: Span<UInt8>, _ offsets: Span<UInt32>, _ lengths: Span<UInt8>, into numbers: inout PlainBuffer<UInt32>
  ) {
    let slots = slots.span
    let starts = starts.span
    let termBytes = termBytes.span
    let first = numbers.count
    let memory = unsafe numbers.memoryToAppend(offsets.count - first)
    var found = 0
    for index in first..<offsets.count {
      // Safe: there are as many lengths as offsets, and room for as many numbers as are left.
      let (offset, count) = unsafe (Int(offsets[unchecked: index]), Int(lengths[unchecked: index]))
      guard let number = Self.find(bytes, at: offset, count: count, slots, starts, termBytes) else { break }
      unsafe memory[found] = UInt32(truncatingIfNeeded: number)
      found &+= 1
    }
    numbers.didWrite(found)
  }

  @inline(__always)
  private static func find(
    _ bytes: Span<UInt8>, at offset: Int, count: Int, _ slots: Span<Slot>, _ starts: Span<UInt32>, _ termBytes: Span<UInt8>
  ) -> Int? {
    let key = TermKey(bytes, at: offset, count: count)
    let mask = slots.count &- 1
    var place = key.place & mask
    while true {
      // Safe: there are as many slots as the mask says, and at least one.
      let slot = unsafe slots[unchecked: place]
      if slot.leadingBytes == key.leadingBytes, slot.tag == key.tag, slot.term != 0 {
        let number = Int(slot.term &- 1)
        if count <= 8 { return number }
        let start = Int(starts[number])
        if count == Int(starts[number &+ 1]) &- start,
          bytesEqual(termBytes, at: start &+ 8, bytes, at: offset &+ 8, count: count &- 8)
        {
          return number
        }
      } else if slot.term == 0 {
        return nil
      }
      place = (place &+ 1) & mask
    }
  }

  /// Gives a term that is not there the next number.
  @inline(never)
  private mutating func insert(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> Int {
    if 2 * (self.count + 1) > slots.count { grow() }
    let number = self.count
    occupy(TermKey(bytes, at: offset, count: count), number)
    for index in offset..<offset + count { termBytes.append(bytes[index]) }
    starts.append(UInt32(termBytes.count))
    return number
  }

  private mutating func occupy(_ key: TermKey, _ number: Int) {
    let mask = slots.count - 1
    var place = key.place & mask
    while slots[place].term != 0 { place = (place + 1) & mask }
    slots[place] = Slot(leadingBytes: key.leadingBytes, tag: key.tag, term: UInt32(number + 1))
  }

  private mutating func grow() {
    slots = Array(repeating: Slot(), count: 2 * slots.count)
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

/// What a term is looked up by.
private struct TermKey {
  /// The first eight bytes, the first one lowest.
  let leadingBytes: UInt64
  /// Where the search for it begins, once it is cut to the number of slots.
  let place: Int
  /// The number of bytes, or 255 where there are more, below bits of the hash: two terms of at most eight bytes with the same
  /// leading bytes and tag are one.
  let tag: UInt32

  /// The key of `count` bytes, which must be there.
  @inline(__always)
  init(_ bytes: Span<UInt8>, at offset: Int, count: Int) {
    leadingBytes = bytes.leadingBytes(of: count, at: offset)
    var hash = mix(0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count) ^ leadingBytes)
    if count > 8 { hash ^= termHash(bytes, at: offset &+ 8, count: count &- 8) }
    place = Int(truncatingIfNeeded: hash)
    tag = UInt32(truncatingIfNeeded: hash >> 32) & ~0xFF | UInt32(truncatingIfNeeded: min(count, 255))
  }
}
