import IndexStorage

// What bounds scores before blocks are decoded.
extension PostingsCursor {
  /// Whether the list has more than one block, and so bounds that are known before its blocks are decoded.
  package var hasBounds: Bool { groups.count > 0 }

  /// The last document of each block of the group made current by ``moveGroup(reaching:)``.
  package var groupLastDocuments: Span<UInt32> {
    @_lifetime(borrow self) get { directory.lastDocuments }
  }

  /// The ``Impact`` of each block of that group.
  package var groupImpacts: Span<UInt8> {
    @_lifetime(borrow self) get { bytes.span.extracting(directory.impactsRange) }
  }

  /// Appends the most that a document of each block of the current group can get.
  ///
  /// - Parameters:
  ///   - field: only occurrences in this field count; nil for all.
  ///   - bound: what no document can exceed that has at most so many occurrences in at least so many words.
  package func appendMaxima(
    to maxima: inout [Double], field: Int?, bound: (_ occurrences: UInt32, _ length: UInt32) -> Double
  ) throws(StorageError) {
    try directory.appendMaxima(
      to: &maxima, bytes, furtherFieldCount: lists.lengths.further.count, field: field, bound: bound)
  }

  /// What bounds the score of the current block, where the list is long enough to say so.
  package func blockBound() throws(StorageError) -> (pairs: ScoreBound, impact: UInt8)? {
    guard groups.count > 0, count > 0 else { return nil }
    return (try directory.bounds(bytes, furtherFieldCount: lists.lengths.further.count)[blockIndex], groupImpacts[blockIndex])
  }
}
