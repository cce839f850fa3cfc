import IndexStorage

/// What the manifest says of a segment.
package struct SegmentInfo: Hashable, Sendable {
  /// The segment's number, never used twice in an index.
  package var id: UInt64
  /// The number of its documents.
  package var documentCount: Int
  /// The number of words, by text field in the order of the schema.
  package var wordCounts: [UInt64]
  /// The first day that the date of any document covers, and the last day on which one starts; nil where all are undated.
  package var days: ClosedRange<Int32>?
  /// Its files, in the order of ``SegmentFile``; without the texts where the index does not store them.
  package var files: [FileSummary]
  /// The file of its deletions, and how many documents they are; nil where nothing is deleted.
  package var deletions: Deletions?

  /// Deletions of a segment as of a commit.
  package struct Deletions: Hashable, Sendable {
    package var file: FileSummary
    package var count: Int
  }

  /// The number of documents that are not deleted.
  package var liveCount: Int { documentCount - (deletions?.count ?? 0) }
  /// The number of words in all fields together.
  package var wordCount: UInt64 { wordCounts.reduce(0, &+) }
  /// The bytes of its files.
  package var byteCount: Int { files.reduce(deletions?.file.byteCount ?? 0) { $0 + $1.byteCount } }
}
