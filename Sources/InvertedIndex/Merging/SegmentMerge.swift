import IndexStorage

/// The work of merging segments. Made by ``IndexWriter/beginMergeWhereDue()``; may be done by another thread.
package struct SegmentMerge: Sendable {
  /// The segments as they were when it was made; what is deleted from them later is not left out.
  let sources: [SegmentReader]
  let merger: SegmentMerger

  /// Writes the merged segment's files, synced but not yet named by any manifest, and opens them.
  package func run() throws(StorageError) -> SegmentReader { try merger.mergedSegment() }

  /// What ``run()`` returns or throws.
  package func result() -> Result<SegmentReader, StorageError> { Result { () throws(StorageError) in try run() } }
}
