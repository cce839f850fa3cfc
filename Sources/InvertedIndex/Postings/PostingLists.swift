import BitKernels
import IndexStorage

/// The posting lists of one dictionary of a segment, and what reading them takes.
package final class PostingLists: Sendable {
  let postings: CheckedFile
  /// Nil where the lists say only which documents and how often.
  let positions: CheckedFile?
  /// How many words each document has.
  let lengths: DocumentLengths
  private let frequent: DemandCache<DensePostings>
  private let frequentPositions: DemandCache<DensePositions>

  init(postings: CheckedFile, positions: CheckedFile?, lengths: DocumentLengths) {
    self.postings = postings
    self.positions = positions
    self.lengths = lengths
    frequent = DemandCache(capacity: max(Self.smallestCapacity, postings.contentByteCount / 4))
    frequentPositions = DemandCache(capacity: max(Self.smallestCapacity, (positions?.contentByteCount ?? 0) / 4))
  }

  /// The number of documents of the segment.
  var documentCount: Int { lengths.total.count }

  /// A cursor before the first block of the list of an entry of the dictionary.
  package func cursor(for entry: TermEntry) throws(StorageError) -> PostingsCursor {
    try PostingsCursor.open(entry, in: self)
  }

  /// What the document at each of ``Impact/ranks`` has at least of a term, see ``Impact/share(ofBytes:)``; 0 in a list too short
  /// to say.
  package func leastShare(of entry: TermEntry, atRank rank: Int) throws(StorageError) -> UInt16 {
    guard entry.documentCount > IntegerBlock.size else { return 0 }
    let start = entry.postingsOffset + 4 + 2 * rank
    return try VerifiedBytes(postings, start..<start + 2).littleEndianUInt16
  }

  // MARK: In memory

  // Neither is stored: together they would take several times the room of the lists (Decisions/0008).

  /// Words in fewer documents than 1 of so many are not frequent, nor those whose list is one block.
  private static let sparsest = 512
  /// The bytes that either may take for all words of a segment: so much, or a quarter of what is stored where that is more.
  private static let smallestCapacity = 64 << 20
  /// How many positions are put in memory for what it costs to look those of one document up in a list.
  private static let positionsPerLookup = 16

  /// The postings of a frequent term by document, once they are asked for a second time; nil where the term is too rare.
  package func densePostings(of entry: TermEntry) throws(StorageError) -> DensePostings? {
    guard isFrequent(entry) else { return nil }
    let byteCount = DensePostings.byteCount(entry, documentCount: documentCount)
    return try frequent.value(at: entry.postingsOffset, byteCount: byteCount, demand: 1, price: 1) { () throws(StorageError) in
      (try DensePostings(entry, in: self), byteCount)
    }
  }

  /// As ``densePostings(of:)``, but only where they are in memory already; does not count as asking for them.
  package func knownDensePostings(of entry: TermEntry) -> DensePostings? {
    isFrequent(entry) ? frequent.known(at: entry.postingsOffset) : nil
  }

  /// As ``densePositions(of:_:inDocuments:)``, but only where they are in memory already; does not count as asking for them.
  package func knownDensePositions(of entry: TermEntry) -> DensePositions? {
    isFrequent(entry) ? frequentPositions.known(at: entry.postingsOffset) : nil
  }

  /// Whether a term is worth memory. Others may stand in the dictionary, and have no place of their own.
  private func isFrequent(_ entry: TermEntry) -> Bool {
    entry.documentCount >= max(IntegerBlock.size + 1, documentCount / Self.sparsest)
  }

  /// The positions of a term by document, once they were asked for in enough documents.
  ///
  /// - Parameters:
  ///   - postings: those of the term.
  ///   - documentCount: in how many documents they are asked for now, at most.
  package func densePositions(
    of entry: TermEntry, _ postings: DensePostings, inDocuments documentCount: Int
  ) throws(StorageError) -> DensePositions? {
    guard isFrequent(entry) else { return nil }
    return try frequentPositions.value(
      at: entry.postingsOffset, byteCount: DensePositions.byteCount(entry, documentCount: self.documentCount),
      demand: documentCount, price: entry.occurrenceCount / Self.positionsPerLookup
    ) { () throws(StorageError) in
      let positions = try DensePositions(entry, postings, in: self)
      return (positions, positions.byteCount)
    }
  }

  /// Says that the lists before a term's will not be read again soon, so that a long merge does not fill the memory with pages
  /// of files.
  func release(before entry: TermEntry) {
    postings.advise(.doneWith, 0..<entry.postingsOffset)
    positions?.advise(.doneWith, 0..<entry.positionsOffset)
  }

  /// Says that no list will be read again soon.
  func releaseAll() {
    postings.advise(.doneWith, 0..<postings.contentByteCount)
    if let positions { positions.advise(.doneWith, 0..<positions.contentByteCount) }
  }
}
