import IndexStorage

/// The pairs of frequent words of a segment.
package struct PairsReader: Sendable {
  let table: KeyTableReader<PairEntry>
  /// The posting lists of the pairs; they have no positions.
  package let lists: PostingLists
  /// A word in at least so many documents of the segment is frequent.
  private let leastDocumentCount: Int

  init(file: CheckedFile, postings: CheckedFile, lengths: DocumentLengths) throws(StorageError) {
    table = try KeyTableReader(file: file)
    lists = PostingLists(postings: postings, positions: nil, lengths: lengths)
    var reader = try postings.reader(0..<min(PairsFormat.headByteCount, postings.contentByteCount))
    leastDocumentCount = Int(try reader.readUInt32())
  }

  /// What is known of two words side by side.
  package enum Knowledge {
    /// Nothing, because one of them is not frequent.
    case nothing
    /// They are nowhere side by side.
    case absent
    /// Where they are.
    case present(TermEntry)
  }

  /// Looks a pair up.
  ///
  /// Complexity: O(log pairs).
  package func find(_ first: String, _ second: String, entries: (first: TermEntry, second: TermEntry)) throws(StorageError)
    -> Knowledge
  {
    guard min(entries.first.documentCount, entries.second.documentCount) >= leastDocumentCount else { return .nothing }
    let key = PairsFormat.key(first.utf8, second.utf8)
    guard let found = try table.find(key.span) else { return .absent }
    return .present(found.payload.entry)
  }
}
