import BitKernels
import IndexStorage

// What stands beside the documents of a block: occurrences, occurrences by field, and positions.
extension PostingsCursor {
  /// Decodes the occurrences of the current block; calling it again costs nothing.
  @inline(__always)
  package mutating func loadOccurrences() throws(StorageError) {
    if !lanes.hasLoadedOccurrences { try decodeOccurrences() }
  }

  @inline(never)
  private mutating func decodeOccurrences() throws(StorageError) {
    try lanes.decodeOccurrences(of: entry, count: count, bytes)
  }

  /// Decodes the occurrences in further fields for the current block; calling it again costs nothing.
  package mutating func loadFieldCounts() throws(StorageError) {
    try loadDocuments()
    try loadOccurrences()
    if lanes.hasLoadedFieldCounts { return }
    if entry.standsInDictionary {
      var positions: [UInt32] = []
      let count = try readPositions(at: 0, into: &positions)
      lanes.countFields(of: positions[..<count], document: Int(entry.document), lengths: lists.lengths)
    } else {
      try lanes.decodeFieldCounts(count: count, fieldCount: lists.lengths.further.count, bytes)
    }
  }

  /// The occurrences in a further field in the document at `index` of the current block; ``loadFieldCounts()`` must have been
  /// called.
  package func fieldCount(_ field: Int, at index: Int) -> UInt32 { lanes.fieldCount(field, at: index) }

  /// Writes the term's positions, which its lists must have, in the document at `index` of the current block to the front of `positions`, ascending; the
  /// array grows where it must. Returns how many there are.
  ///
  /// Quick where documents of a block are asked for in ascending order.
  ///
  /// Complexity: O(chunks passed over + occurrences).
  package mutating func readPositions(at index: Int, into positions: inout [UInt32]) throws(StorageError) -> Int {
    if entry.isInline {
      if positions.isEmpty { positions.append(0) }
      positions[0] = entry.position
      return 1
    }
    try openPositions()
    return try lanes.readPositions(at: index, into: &positions)
  }

  /// Writes a mark at each position of some documents of the current block, in the row of each, which it must have. The term must
  /// be in several documents.
  ///
  /// Complexity: O(occurrences + bits passed over / 64).
  mutating func markPositions(
    of range: Range<Int>, with mark: UInt16, in rows: borrowing RowPlaces, into cells: inout PlainBuffer<UInt16>
  ) throws(StorageError) {
    precondition(!entry.isInline, "the only position of a term is in the dictionary")
    try openPositions()
    try lanes.markPositions(of: range, documents: documentBlock, with: mark, in: rows, into: &cells)
  }

  private mutating func openPositions() throws(StorageError) {
    try loadOccurrences()
    if lanes.hasPositions { return }
    let range =
      groups.count > 0
      ? try directory.positionsRange(blockIndex, bytes) : entry.positionsOffset..<(lists.positions?.contentByteCount ?? 0)
    try loadDocuments()
    try lanes.openPositions(range, of: lists, documents: documentBlock, count: count)
  }

  /// How often the term occurs in the document at an index of the current block, which needs no decoding of the others.
  package mutating func occurrenceCount(at index: Int) throws(StorageError) -> UInt32 {
    try lanes.occurrences(at: index, of: entry, count: count, bytes)
  }
}
