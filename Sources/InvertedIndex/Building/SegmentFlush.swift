import IndexStorage

/// The work of writing a segment that was gathered in memory.
///
/// Made by ``IndexWriter/beginFlush(of:)``, which gives the builder away: only this value uses it from then on, so that the work may
/// be done by another thread.
@safe package struct SegmentFlush: @unchecked Sendable {
  let builder: SegmentBuilder
  let identities: ArticleIdentities
  let directory: any Directory
  let indexID: UInt128
  let schema: IndexSchema

  /// Writes the segment's files, synced but not yet named by any manifest, and opens them. Once only.
  package func run() throws(StorageError) -> SegmentReader {
    let info = try builder.flush(identities)
    return try SegmentReader(directory: directory, indexID: indexID, schema: schema, info: info)
  }

  /// What ``run()`` returns or throws.
  package func result() -> Result<SegmentReader, StorageError> { Result { () throws(StorageError) in try run() } }
}
