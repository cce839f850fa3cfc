import IndexStorage

/// The writing side of an index: holds the lock, gathers articles into segments, merges segments, commits.
///
/// Everything between two commits is one transaction. After an error, or `rollBack()`, the writer is dead and the last commit
/// stands. Not for concurrent use.
package final class IndexWriter {
  private let directory: any Directory
  private let lock: WriterLock
  private let options: IndexWriterOptions
  private var manifest: Manifest
  /// The segments of the last commit and those written since.
  private var segments: [SegmentReader]
  private let committed: Set<UInt64>
  private let previousFiles: Set<String>
  private var builder: SegmentBuilder?

  /// Takes the writer lock, reads the last commit, and removes what a writer that died left behind.
  ///
  /// Errors: `.locked` where another writer is at work, `.missing` where there is no index, and those of opening it.
  package init(directory: any Directory, options: IndexWriterOptions) throws(StorageError) {
    self.directory = directory
    self.options = options
    lock = try directory.lock(ManifestFormat.lockName)
    let manifest = try ManifestReader.read(from: directory)
    self.manifest = manifest
    segments = try IndexSnapshot(directory: directory, manifest: manifest).segments
    committed = Set(manifest.segments.map(\.id))
    previousFiles = manifest.liveFiles
    try removeLeftovers(nextSegmentID: manifest.nextSegmentID)
  }

  /// Removes what a writer that died left behind, as far as no commit can ever have named it: files numbered past the last
  /// commit's.
  ///
  /// Others may belong to the commit before this one. Had the last writer died before its last sync, a power cut could bring
  /// that commit back, so its files stay until this writer's own commit.
  private func removeLeftovers(nextSegmentID: UInt64) throws(StorageError) {
    _ = try Leftovers.remove(from: directory, live: previousFiles) { name in
      guard let id = SegmentFile.segmentID(ofName: name) else {
        return name == AtomicFile.temporaryName(for: ManifestFormat.fileName)
      }
      return id >= nextSegmentID
    }
    // A file that cannot be removed keeps its name, so its number is passed over.
    for file in try directory.list() {
      if let id = SegmentFile.segmentID(ofName: file.name) { manifest.nextSegmentID = max(manifest.nextSegmentID, id + 1) }
    }
  }

  /// Makes an empty index in a folder that has none.
  package static func create(in directory: any Directory, schema: IndexSchema, indexID: UInt128) throws(StorageError) {
    let lock = try directory.lock(ManifestFormat.lockName)
    defer { withExtendedLifetime(lock) {} }
    do throws(StorageError) {
      _ = try ManifestReader.read(from: directory)
    } catch {
      guard case .missing = error else { throw error }
      try ManifestWriter.commit(Manifest(indexID: indexID, schema: schema), in: directory)
      return
    }
    throw .io(operation: "create index", path: directory.path, code: 17, reason: "there is an index already")
  }

  package var schema: IndexSchema { manifest.schema }

  /// The content hash of the article with an id, in the last commit or this transaction; nil where there is none.
  package func contentHash(ofID id: String) throws(StorageError) -> UInt64? {
    if let hash = builder?.contentHash(ofID: id) { return hash }
    for segment in segments {
      if let document = try segment.document(withID: id) { return try segment.contentHash(document) }
    }
    return nil
  }

  /// The builder to add the next article to, of about so many words; a full one is flushed first.
  package func builder(forWords count: Int) throws(StorageError) -> SegmentBuilder {
    if let builder, builder.documentCount > 0, !builder.hasRoom(forWords: count) || builder.byteCount >= options.builderByteCount
    {
      try flush()
    }
    if let builder { return builder }
    let new = try SegmentBuilder(
      directory: directory, indexID: manifest.indexID, segmentID: takeSegmentID(), schema: manifest.schema,
      arenaByteCount: options.arenaByteCount)
    builder = new
    return new
  }

  /// Makes everything added so far durable and visible, and returns it. A transaction that added nothing leaves the index as it
  /// is.
  package func commit() throws(StorageError) -> IndexSnapshot {
    try flush()
    if Set(segments.map(\.info.id)) != committed {
      manifest.segments = segments.map(\.info)
      manifest.generation += 1
      // The files' names must be on disk before the manifest that names them.
      try directory.sync()
      try ManifestWriter.commit(manifest, in: directory)
      removeUnnamedFiles()
    }
    return try IndexSnapshot(directory: directory, manifest: manifest, reusing: segments)
  }

  /// Removes everything written since the last commit.
  package func rollBack() {
    builder?.abandon()
    builder = nil
    for segment in segments where !committed.contains(segment.info.id) { removeFiles(of: segment.info) }
  }

  /// Merges all segments into one.
  package func compact() throws(StorageError) {
    try flush()
    if segments.count > 1 { try merge(segments.map(\.info.id)) }
  }

  private func takeSegmentID() -> UInt64 {
    defer { manifest.nextSegmentID += 1 }
    return manifest.nextSegmentID
  }

  private func flush() throws(StorageError) {
    guard let builder else { return }
    self.builder = nil
    guard builder.documentCount > 0 else {
      builder.abandon()
      return
    }
    let info: SegmentInfo
    do throws(StorageError) { info = try builder.flush() } catch {
      builder.abandon()
      throw error
    }
    segments.append(
      try SegmentReader(directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: info))
    while let ids = options.mergePolicy.merge(of: segments.map(\.info)) { try merge(ids) }
  }

  private func merge(_ ids: [UInt64]) throws(StorageError) {
    let merged = segments.filter { ids.contains($0.info.id) }
    let merger = SegmentMerger(
      merged, directory: directory, indexID: manifest.indexID, segmentID: takeSegmentID(), schema: manifest.schema)
    let info = try merger.merge()
    segments.removeAll { ids.contains($0.info.id) }
    segments.append(
      try SegmentReader(directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: info))
    // Those of this transaction are named by no manifest; those of the last commit stay until the next one is durable.
    for segment in merged where !committed.contains(segment.info.id) { removeFiles(of: segment.info) }
  }

  /// Removes what neither this commit nor the one before names: a reader may have read that manifest and not yet opened its
  /// files.
  private func removeUnnamedFiles() {
    let live = manifest.liveFiles.union(previousFiles)
    _ = try? Leftovers.remove(from: directory, live: live) { SegmentFile.segmentID(ofName: $0) != nil }
  }

  private func removeFiles(of segment: SegmentInfo) {
    for file in segment.files { try? directory.remove(file.name) }
  }
}
