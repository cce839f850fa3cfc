import BitKernels
import IndexStorage

/// The posting lists of one dictionary of a segment, and what reading them takes.
package final class PostingLists: Sendable {
  let postings: CheckedFile
  /// Nil where the lists say only which documents and how often.
  let positions: CheckedFile?
  /// How many words each document has.
  let lengths: DocumentLengths
  private let frequent: DensePostingsCache

  init(postings: CheckedFile, positions: CheckedFile?, lengths: DocumentLengths) {
    self.postings = postings
    self.positions = positions
    self.lengths = lengths
    frequent = DensePostingsCache(documentCount: lengths.total.count, postingsByteCount: postings.contentByteCount)
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

  /// The postings of a frequent term by document, where they are worth having, see ``DensePostingsCache``.
  package func densePostings(of entry: TermEntry) throws(StorageError) -> DensePostings? {
    try frequent.postings(of: entry, in: self)
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
