import IndexStorage

/// The writing side of an index: holds the lock, gathers articles into segments, deletes, merges segments, commits.
///
/// One writer is one transaction: it ends with `commit()` or `rollBack()`, or with the first error of any call, which every later
/// call throws again. Not for concurrent use.
package final class IndexWriter {
  private enum State {
    case open
    case ended
    case failed(StorageError)
  }

  private let directory: any Directory
  private let options: IndexWriterOptions
  private var state = State.open
  private var lock: WriterLock?
  private var manifest: Manifest
  /// The segments of the last commit and those written since.
  private var segments: [SegmentReader]
  private let committed: Set<UInt64>
  private let previousFiles: Set<String>
  /// The id of the first segment of this transaction.
  private var firstSegmentID: UInt64
  private var builder: SegmentBuilder?
  /// What this transaction deleted beside what was deleted before, by segment id.
  private var deletions: [UInt64: DeletedDocuments] = [:]
  /// Whether the commit removes every file that it does not name, see ``compact()``.
  private var givesSpaceBack = false

  /// Takes the writer lock, reads the last commit, and removes what a writer that died left behind.
  ///
  /// Errors: `.locked` where another writer is at work, `.missing` where there is no index, and those of opening it.
  package convenience init(directory: any Directory, options: IndexWriterOptions) throws(StorageError) {
    try self.init(directory: directory, options: options) { (manifest) throws(StorageError) in
      do throws(StorageError) {
        return try IndexSnapshot(directory: directory, manifest: manifest).segments
      } catch .missing(let file) {
        throw .corrupt(file: file, offset: nil, reason: "the manifest names it but it is not there")
      }
    }
  }

  /// As above, with those segments of the last commit that `openSegments` gives back; the transaction lets go of the others.
  init(
    directory: any Directory, options: IndexWriterOptions,
    openSegments: (Manifest) throws(StorageError) -> [SegmentReader]
  ) throws(StorageError) {
    self.directory = directory
    self.options = options
    lock = try directory.lock(ManifestFormat.lockName)
    let manifest = try ManifestReader.read(from: directory)
    self.manifest = manifest
    segments = try openSegments(manifest)
    committed = Set(manifest.segments.map(\.id))
    previousFiles = manifest.liveFiles
    firstSegmentID = manifest.nextSegmentID
    try removeLeftovers(nextSegmentID: manifest.nextSegmentID)
    firstSegmentID = self.manifest.nextSegmentID
  }

  /// Removes what a writer that died left behind, as far as no commit can ever have named it: files numbered past the last
  /// commit's.
  ///
  /// Others may belong to the commit before this one. Had the last writer died before its last sync, a power cut could bring
  /// that commit back, so its files stay until this writer's own commit.
  private func removeLeftovers(nextSegmentID: UInt64) throws(StorageError) {
    _ = try Leftovers.remove(from: directory, live: previousFiles) { name in
      guard let id = SegmentFile.number(ofName: name) else {
        return name == AtomicFile.temporaryName(for: ManifestFormat.fileName)
      }
      return id >= nextSegmentID
    }
    // A file that cannot be removed keeps its name, so its number is passed over.
    for file in try directory.list() {
      if let id = SegmentFile.number(ofName: file.name) { manifest.nextSegmentID = max(manifest.nextSegmentID, id + 1) }
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
      // A manifest that was lost does not make the segments worthless; a new index would remove them.
      if let file = try directory.list().first(where: { SegmentFile.number(ofName: $0.name) != nil }) {
        throw .corrupt(
          file: ManifestFormat.fileName, offset: nil,
          reason: "it is missing beside files of an index such as \(file.name); move them away to start anew")
      }
      try ManifestWriter.commit(Manifest(indexID: indexID, schema: schema), in: directory)
      return
    }
    throw .io(operation: "create index", path: directory.path, code: 17, reason: "there is an index already")
  }

  /// What the index holds beside words.
  package var schema: IndexSchema { manifest.schema }

  /// The content hash of the article with an id, in the last commit or this transaction; nil where there is none.
  package func contentHash(ofID id: String) throws(StorageError) -> UInt64? {
    try step { () throws(StorageError) in
      if let hash = builder?.contentHash(ofID: id) { return hash }
      guard let (segment, document) = try find(id) else { return nil }
      return try segment.contentHash(document)
    }
  }

  /// The segment and document of an article that is neither deleted nor still in memory.
  private func find(_ id: String) throws(StorageError) -> (segment: SegmentReader, document: Int)? {
    for segment in segments {
      if let document = try segment.document(withID: id), deletions[segment.info.id]?.contains(document) != true {
        return (segment, document)
      }
    }
    return nil
  }

  /// Deletes the article with an id, of the last commit or of this transaction; false where there is none.
  package func delete(id: String) throws(StorageError) -> Bool {
    try step { () throws(StorageError) in
      if let builder, builder.delete(id: id) { return true }
      guard let (segment, document) = try find(id) else { return false }
      return delete(document, of: segment)
    }
  }

  /// Deletes the articles for whose id the closure says true; returns how many. Where it throws, nothing is deleted.
  ///
  /// Complexity: O(articles).
  package func delete(where isDoomed: (_ id: String) throws -> Bool) throws -> Int {
    try step {}
    let doomedIDs = try builder?.ids.filter(isDoomed) ?? []
    var doomed: [(segment: SegmentReader, document: Int)] = []
    for segment in segments {
      var cursor = KeyTableCursor(segment.identities)
      while try step({ () throws(StorageError) in try cursor.advance() }) {
        let document = Int(cursor.payload.document)
        guard document < segment.documentCount, segment.isLive(document),
          deletions[segment.info.id]?.contains(document) != true
        else { continue }
        if try isDoomed(String(decoding: cursor.key, as: UTF8.self)) { doomed.append((segment, document)) }
      }
    }
    for id in doomedIDs { _ = builder?.delete(id: id) }
    for (segment, document) in doomed { _ = delete(document, of: segment) }
    return doomedIDs.count + doomed.count
  }

  /// Deletes those documents of a segment whose id another segment has too; returns how many.
  ///
  /// Complexity: O(documents of the segment · segments).
  package func deleteSuperseded(inSegment id: UInt64) throws(StorageError) -> Int {
    try step { () throws(StorageError) in
      try flush()
      guard let segment = segments.first(where: { $0.info.id == id }) else { return 0 }
      var count = 0
      for document in 0..<segment.documentCount {
        let articleID = try segment.id(document)
        for other in segments where other !== segment {
          guard let found = try other.document(withID: articleID), deletions[other.info.id]?.contains(found) != true else {
            continue
          }
          if delete(document, of: segment) { count += 1 }
        }
      }
      return count
    }
  }

  /// Deletes documents of a snapshot made by ``preview()``.
  package func delete(_ documents: [(segment: Int, document: Int)], of preview: IndexSnapshot) throws(StorageError) {
    try step { () throws(StorageError) in
      for found in documents { _ = delete(found.document, of: preview.segments[found.segment]) }
    }
  }

  /// Everything as it would be if the transaction ended here, to be searched. What is in memory is written first.
  package func preview() throws(StorageError) -> IndexSnapshot {
    try step { () throws(StorageError) in
      try flush()
      applyDeletions()
      return IndexSnapshot(manifest: manifest, segments: segments)
    }
  }

  private func delete(_ document: Int, of segment: SegmentReader) -> Bool {
    deletions[segment.info.id, default: segment.deleted ?? DeletedDocuments(documentCount: segment.documentCount)]
      .insert(document)
  }

  /// Makes the segments know what this transaction deleted. Nothing is written yet.
  private func applyDeletions() {
    for index in segments.indices {
      guard let deleted = deletions[segments[index].info.id], deleted != segments[index].deleted else { continue }
      segments[index] = SegmentReader(segments[index], info: segments[index].info, deleted: deleted)
    }
  }

  /// Writes what this transaction deleted, and lets go of segments of which nothing is left.
  private func writeDeletions() throws(StorageError) {
    applyDeletions()
    segments.removeAll { $0.liveCount == 0 }
    for index in segments.indices {
      let segment = segments[index]
      guard let deleted = deletions[segment.info.id], deleted.count > segment.info.deletions?.count ?? 0 else { continue }
      var info = segment.info
      let file = try DeletionsFormat.write(
        deleted, ofSegment: info.id, number: takeNumber(), indexID: manifest.indexID, to: directory)
      info.deletions = SegmentInfo.Deletions(file: file, count: deleted.count)
      segments[index] = SegmentReader(segment, info: info, deleted: deleted)
    }
  }

  /// The builder to add the next article to, of about so many words; a full one is flushed first.
  package func builder(forWords count: Int) throws(StorageError) -> SegmentBuilder {
    try step { () throws(StorageError) in
      if let builder, !builder.isUntouched,
        !builder.hasRoom(forWords: count) || builder.byteCount >= options.builderByteCount
      {
        try flush()
      }
      if let builder { return builder }
      let new = try SegmentBuilder(
        directory: directory, indexID: manifest.indexID, segmentID: takeNumber(), schema: manifest.schema,
        arenaByteCount: options.builderByteCount)
      builder = new
      return new
    }
  }

  /// Merges all segments into one, which leaves out what is deleted; a single segment of which nothing is deleted stays as it
  /// is. The commit then gives the space of everything it does not name back at once.
  ///
  /// Until then the disk holds the old segments and the new one.
  package func compact() throws(StorageError) {
    try step { () throws(StorageError) in
      try flush()
      applyDeletions()
      givesSpaceBack = true
      guard segments.count > 1 || segments.contains(where: { $0.deleted != nil }) else { return }
      try merge(segments.map(\.info.id))
    }
  }

  /// Makes everything added so far durable and visible, returns it, and ends the transaction. One that added nothing leaves the
  /// index as it is.
  package func commit() throws(StorageError) -> IndexSnapshot {
    let snapshot = try step { () throws(StorageError) in
      try flush()
      try mergeWhereDue()
      try writeDeletions()
      let removesFiles = givesSpaceBack ? try manifest.leavesFilesUnnamed(in: directory) : false
      if removesFiles || segments.map(\.info) != manifest.segments {
        manifest.segments = segments.map(\.info)
        manifest.generation += 1
        // The files' names must be on disk before the manifest that names them.
        try directory.sync()
        try ManifestWriter.commit(manifest, in: directory)
        removeUnnamedFiles()
      }
      return IndexSnapshot(manifest: manifest, segments: segments)
    }
    state = .ended
    lock = nil
    return snapshot
  }

  /// Removes everything written since the last commit, and ends the transaction.
  ///
  /// After a commit whose outcome is unknown it removes nothing: the manifest that may be the current one names these files.
  package func rollBack() {
    defer { lock = nil }
    switch state {
    case .ended, .failed(.outcomeUnknown): return
    case .open, .failed: state = .ended
    }
    builder?.abandon()
    builder = nil
    for id in firstSegmentID..<manifest.nextSegmentID { SegmentFile.removeAll(ofNumber: id, from: directory) }
  }

  /// Runs one step of the transaction; its first error ends the transaction.
  private func step<Value>(_ body: () throws(StorageError) -> Value) throws(StorageError) -> Value {
    switch state {
    case .open: break
    case .failed(let error): throw error
    case .ended:
      throw .io(operation: "write to", path: directory.path, code: 0, reason: "the transaction has ended")
    }
    do throws(StorageError) { return try body() } catch {
      state = .failed(error)
      throw error
    }
  }

  /// A number for the files of a segment, or of deletions, that was never used.
  private func takeNumber() -> UInt64 {
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
    let info = try builder.flush()
    segments.append(
      try SegmentReader(directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: info))
    try mergeWhereDue()
  }

  private func mergeWhereDue() throws(StorageError) {
    while true {
      applyDeletions()
      let sizes = segments.map {
        MergePolicy.Segment(
          id: $0.info.id, byteCount: $0.info.byteCount, documentCount: $0.documentCount, liveCount: $0.liveCount)
      }
      guard let ids = options.mergePolicy.merge(of: sizes) else { return }
      try merge(ids)
    }
  }

  private func merge(_ ids: [UInt64]) throws(StorageError) {
    let sources = segments.filter { ids.contains($0.info.id) }
    segments.removeAll { ids.contains($0.info.id) }
    if sources.contains(where: { $0.liveCount > 0 }) { segments.append(try merged(sources)) }
    // Those of this transaction are named by no manifest; those of the last commit stay until the next one is durable.
    for segment in sources where !committed.contains(segment.info.id) {
      SegmentFile.removeAll(ofNumber: segment.info.id, from: directory)
    }
  }

  private func merged(_ sources: [SegmentReader]) throws(StorageError) -> SegmentReader {
    let merger = SegmentMerger(
      sources, directory: directory, indexID: manifest.indexID, segmentID: takeNumber(), schema: manifest.schema,
      memoryByteCount: options.builderByteCount)
    let info = try merger.merge()
    return try SegmentReader(directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: info)
  }

  /// Removes what this commit does not name; an ordinary one also leaves what the commit before named.
  ///
  /// Two could still want those files, and neither is harmed. A power cut could bring the commit before back, but only until the
  /// sync with which ``ManifestWriter/commit(_:in:)`` ended: where that fails, nothing is removed. A reader may have read the
  /// manifest of the commit before and not yet opened its files: it finds one gone, reads the manifest again, finds a greater
  /// generation, because the new manifest got its name before the first file went, and opens that (``IndexSnapshot/open(_:)``,
  /// ``IndexVerifier/verify()``). An ordinary commit spares readers the second look; compacting is for the space.
  private func removeUnnamedFiles() {
    let live = givesSpaceBack ? manifest.liveFiles : manifest.liveFiles.union(previousFiles)
    _ = try? Leftovers.remove(from: directory, live: live) { SegmentFile.number(ofName: $0) != nil }
  }
}
