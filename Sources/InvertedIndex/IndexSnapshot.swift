import IndexStorage

/// An index as of one commit: immutable, and valid for as long as it is held, whatever a writer does meanwhile.
///
/// Concurrency: may be used from many threads at once.
package final class IndexSnapshot: Sendable {
  /// What the commit consists of.
  package let manifest: Manifest
  /// Its segments, open for reading.
  package let segments: [SegmentReader]

  /// Opens the last commit.
  ///
  /// A writer may commit and clean up between reading the manifest and opening the files it names; then the manifest is read
  /// again, as long as its generation grows.
  package static func open(_ directory: any Directory) throws(StorageError) -> IndexSnapshot {
    var manifest = try ManifestReader.read(from: directory)
    while true {
      do throws(StorageError) {
        return try IndexSnapshot(directory: directory, manifest: manifest)
      } catch {
        guard case .missing(let file) = error else { throw error }
        let current = try ManifestReader.read(from: directory)
        guard current.generation > manifest.generation else {
          throw .corrupt(file: file, offset: nil, reason: "the manifest names it but it is not there")
        }
        manifest = current
      }
    }
  }

  /// A snapshot of open segments, which are those of the manifest or to become so.
  init(manifest: Manifest, segments: [SegmentReader]) {
    self.manifest = manifest
    self.segments = segments
  }

  init(directory: any Directory, manifest: Manifest, reusing known: [SegmentReader] = []) throws(StorageError) {
    self.manifest = manifest
    var segments: [SegmentReader] = []
    for info in manifest.segments {
      if let reader = known.first(where: { $0.info == info }) {
        segments.append(reader)
      } else if let reader = known.first(where: { $0.info.id == info.id && $0.info.files == info.files }) {
        let deleted = try info.deletions.map { (deletions) throws(StorageError) in
          try DeletionsFormat.read(
            deletions.file, ofSegment: info.id, documentCount: info.documentCount, indexID: manifest.indexID, from: directory)
        }
        segments.append(SegmentReader(reader, info: info, deleted: deleted))
      } else {
        segments.append(
          try SegmentReader(directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: info))
      }
    }
    self.segments = segments
  }

  /// The number of documents, deleted ones included: what scores count.
  package var documentCount: Int { segments.reduce(0) { $0 + $1.documentCount } }
  /// The number of documents that are not deleted.
  package var liveCount: Int { segments.reduce(0) { $0 + $1.liveCount } }

  /// The number of words, by text field, those of deleted documents included.
  package var wordCounts: [UInt64] {
    var counts = [UInt64](repeating: 0, count: manifest.schema.textFields.count)
    for segment in segments {
      for field in counts.indices { counts[field] &+= segment.info.wordCounts[field] }
    }
    return counts
  }

  /// The segment and document with an id, or nil.
  package func document(withID id: String) throws(StorageError) -> (segment: Int, document: Int)? {
    guard !id.isEmpty, id.utf8.count <= KeyTableFormat.maximumKeyByteCount else { return nil }
    for (index, segment) in segments.enumerated() {
      if let document = try segment.document(withID: id) { return (index, document) }
    }
    return nil
  }
}
