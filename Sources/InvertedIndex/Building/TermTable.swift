import BitKernels

/// The terms of a segment under construction: a hash table with open addressing from the bytes of a term to its number.
struct TermTable {
  /// The bytes of all terms, one after the other.
  private(set) var termBytes: [UInt8] = []
  /// Where each term starts in `termBytes`.
  private var termStarts: [UInt32] = []
  /// Upper half of the hash and the term's number plus 1; 0 where the slot is free.
  private var slots: [UInt64]
  private var mask: Int

  init() {
    slots = Array(repeating: 0, count: 1 << 16)
    mask = slots.count - 1
  }

  /// The number of terms.
  var count: Int { termStarts.count }

  /// The bytes the table takes.
  var byteCount: Int { termBytes.capacity + 4 * termStarts.capacity + 8 * slots.count }

  /// The bytes of a term, as a range of `termBytes`.
  func range(_ term: Int) -> Range<Int> {
    Int(termStarts[term])..<(term + 1 < termStarts.count ? Int(termStarts[term + 1]) : termBytes.count)
  }

  /// The number of the term whose bytes are `count` of `bytes` from `offset`; a new term gets the next number.
  ///
  /// Complexity: O(count) expected.
  mutating func number(of bytes: Span<UInt8>, at offset: Int, count: Int) -> Int {
    let hash = termHash(bytes, at: offset, count: count)
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] & 0xFFFF_FFFF_0000_0000 == tag {
        let term = Int(slots[slot] & 0xFFFF_FFFF) - 1
        let range = range(term)
        if range.count == count, bytesEqual(termBytes.span, at: range.lowerBound, bytes, at: offset, count: count) { return term }
      }
      slot = (slot + 1) & mask
    }
    let term = termStarts.count
    termStarts.append(UInt32(termBytes.count))
    for index in offset..<offset + count { termBytes.append(bytes[index]) }
    slots[slot] = tag | UInt64(term + 1)
    if 2 * termStarts.count > slots.count { grow() }
    return term
  }

  /// The number of a term that was added before, or nil.
  ///
  /// Complexity: O(count) expected.
  func find(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> Int? {
    let hash = termHash(bytes, at: offset, count: count)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] & 0xFFFF_FFFF_0000_0000 == hash & 0xFFFF_FFFF_0000_0000 {
        let term = Int(slots[slot] & 0xFFFF_FFFF) - 1
        let range = range(term)
        if range.count == count, bytesEqual(termBytes.span, at: range.lowerBound, bytes, at: offset, count: count) { return term }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 2 * slots.count)
    mask = slots.count - 1
    for term in termStarts.indices {
      let range = range(term)
      let hash = termHash(termBytes.span, at: range.lowerBound, count: range.count)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(term + 1)
    }
  }

  /// The numbers of the terms in the order of their bytes.
  ///
  /// Complexity: O(terms · log terms); most comparisons are of the first eight bytes, held as one number.
  func sortedNumbers() -> [UInt32] {
    var keys: [(prefix: UInt64, term: UInt32)] = []
    keys.reserveCapacity(count)
    for term in 0..<count {
      let range = range(term)
      var prefix: UInt64 = 0
      for index in 0..<8 {
        prefix = prefix << 8 | (index < range.count ? UInt64(termBytes[range.lowerBound + index]) : 0)
      }
      keys.append((prefix, UInt32(term)))
    }
    keys.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return termBytes[range(Int(left.term))].lexicographicallyPrecedes(termBytes[range(Int(right.term))])
    }
    return keys.map(\.term)
  }
}
