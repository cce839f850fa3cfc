import BitKernels

/// The terms of a segment under construction: a hash table with open addressing from the bytes of a term to its number.
struct TermTable {
  /// The bytes of all terms, one after the other.
  private(set) var termBytes: [UInt8] = []
  private var terms: [Term] = []
  /// Upper half of the hash and the term's number plus 1; 0 where the slot is free.
  private var slots: [UInt64]
  /// The hashes of the terms that are looked up together.
  private var hashes: [UInt64] = []

  /// A term, with so much of its bytes that a comparison seldom has to look at the others.
  private struct Term {
    /// The first eight bytes, the first one lowest.
    var leadingBytes: UInt64
    /// Where its bytes start in `termBytes`.
    var start: UInt32
    var count: UInt32
  }

  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000

  init() { slots = Array(repeating: 0, count: 1 << 10) }

  /// The number of terms.
  var count: Int { terms.count }

  /// The bytes the table takes.
  var byteCount: Int { termBytes.capacity + terms.capacity * MemoryLayout<Term>.stride + 8 * slots.count }

  /// The bytes of a term, as a range of `termBytes`.
  func range(_ term: Int) -> Range<Int> { Int(terms[term].start)..<Int(terms[term].start + terms[term].count) }

  /// The number of the term whose bytes are `count` of `bytes` from `offset`; a new term gets the next number.
  ///
  /// Complexity: O(count) expected.
  mutating func number(of bytes: Span<UInt8>, at offset: Int, count: Int) -> Int {
    let hash = termHash(bytes, at: offset, count: count)
    return find(bytes, at: offset, count: count, hash: hash) ?? insert(bytes, at: offset, count: count, hash: hash)
  }

  /// The number of a term that was added before, or nil.
  ///
  /// Complexity: O(count) expected.
  func find(_ bytes: Span<UInt8>, at offset: Int, count: Int) -> Int? {
    find(bytes, at: offset, count: count, hash: termHash(bytes, at: offset, count: count))
  }

  /// The number of each of many terms, of which term i is `lengths[i]` of `bytes` from `offsets[i]`; new ones get the next numbers.
  ///
  /// Complexity: O(bytes of the terms) expected. Hashes come first: look-ups that do not wait for each other spend the time that
  /// memory takes together.
  mutating func numbers(
    of bytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>, into numbers: inout [UInt32]
  ) {
    numbers.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    for index in offsets.indices {
      hashes.append(termHash(bytes, at: Int(offsets[index]), count: Int(lengths[index])))
    }
    var next = 0
    while true {
      findKnown(bytes, offsets, lengths, into: &numbers)
      next = numbers.count
      guard next < offsets.count else { return }
      numbers.append(
        UInt32(insert(bytes, at: Int(offsets[next]), count: Int(lengths[next]), hash: hashes[next])))
    }
  }

  /// Appends the numbers of the terms after those that have one, up to the first that is new.
  private func findKnown(
    _ bytes: Span<UInt8>, _ offsets: Span<UInt32>, _ lengths: Span<UInt8>, into numbers: inout [UInt32]
  ) {
    let slots = slots.span
    let terms = terms.span
    let termBytes = termBytes.span
    let hashes = hashes.span
    for index in numbers.count..<offsets.count {
      guard
        let number = Self.find(
          bytes, at: Int(offsets[index]), count: Int(lengths[index]), hash: hashes[index], slots, terms, termBytes)
      else { return }
      numbers.append(UInt32(truncatingIfNeeded: number))
    }
  }

  private func find(_ bytes: Span<UInt8>, at offset: Int, count: Int, hash: UInt64) -> Int? {
    Self.find(bytes, at: offset, count: count, hash: hash, slots.span, terms.span, termBytes.span)
  }

  @inline(__always)
  private static func find(
    _ bytes: Span<UInt8>, at offset: Int, count: Int, hash: UInt64, _ slots: Span<UInt64>, _ terms: Span<Term>,
    _ termBytes: Span<UInt8>
  ) -> Int? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if (entry ^ hash) & tagMask == 0 {
        let number = Int(entry & 0xFFFF_FFFF) &- 1
        let term = terms[number]
        if Int(term.count) == count, term.leadingBytes == bytes.leadingBytes(of: count, at: offset),
          count <= 8
            || bytesEqual(termBytes, at: Int(term.start) &+ 8, bytes, at: offset &+ 8, count: count &- 8)
        {
          return number
        }
      }
      slot = (slot &+ 1) & mask
    }
  }

  /// Gives a term that is not there the next number.
  private mutating func insert(_ bytes: Span<UInt8>, at offset: Int, count: Int, hash: UInt64) -> Int {
    if 2 * (terms.count + 1) > slots.count { grow() }
    let number = terms.count
    terms.append(
      Term(
        leadingBytes: bytes.leadingBytes(of: count, at: offset), start: UInt32(termBytes.count), count: UInt32(count)))
    for index in offset..<offset + count { termBytes.append(bytes[index]) }
    occupy(hash, number)
    return number
  }

  private mutating func occupy(_ hash: UInt64, _ number: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = hash & Self.tagMask | UInt64(number + 1)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: 2 * slots.count)
    for number in terms.indices {
      let range = range(number)
      occupy(termHash(termBytes.span, at: range.lowerBound, count: range.count), number)
    }
  }

  /// The numbers of the terms in the order of their bytes.
  ///
  /// Complexity: O(terms · log terms); most comparisons are of the first eight bytes, held as one number.
  func sortedNumbers() -> [UInt32] {
    var keys = terms.indices.map { (prefix: terms[$0].leadingBytes.byteSwapped, term: UInt32($0)) }
    keys.sort { left, right in
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      return termBytes[range(Int(left.term))].lexicographicallyPrecedes(termBytes[range(Int(right.term))])
    }
    return keys.map(\.term)
  }
}
