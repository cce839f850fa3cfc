import IndexStorage

/// What an index consists of, as of one commit.
package struct Manifest: Hashable, Sendable {
  /// A random number that the index and all its files share.
  package var indexID: UInt128
  /// One more with each commit.
  package var generation: UInt64
  /// The id of the next segment; ids are never used twice.
  package var nextSegmentID: UInt64
  /// What the index holds beside words.
  package var schema: IndexSchema
  /// The segments, in no particular order.
  package var segments: [SegmentInfo]

  /// An empty index.
  package init(indexID: UInt128, schema: IndexSchema) {
    self.indexID = indexID
    generation = 0
    nextSegmentID = 1
    self.schema = schema
    segments = []
  }

  /// The files of the index that the manifest names, and the manifest and the lock themselves.
  package var liveFiles: Set<String> {
    var files: Set<String> = [ManifestFormat.fileName, ManifestFormat.lockName]
    for segment in segments {
      files.formUnion(segment.files.map(\.name))
      if let deletions = segment.deletions { files.insert(deletions.file.name) }
    }
    return files
  }
}
