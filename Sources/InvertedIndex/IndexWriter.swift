import IndexStorage

/// The writing side of an index: holds the lock, gathers articles into segments, deletes, merges segments, commits.
///
/// One writer is one transaction: it ends with `commit()` or `rollBack()`, or with the first error of any call, which every later
/// call throws again. Not for concurrent use, but what takes long can be done elsewhere meanwhile: segments are built, written and
/// merged by values of their own, ``SegmentFlush`` and ``SegmentMerge``, which this one hands out and takes back.
package final class IndexWriter {
  private enum State {
    case open
    case ended
    case failed(StorageError)
  }

  let directory: any Directory
  let options: IndexWriterOptions
  private var state = State.open
  private var lock: WriterLock?
  var manifest: Manifest
  /// The segments of the last commit and those written since.
  var segments: [SegmentReader]
  let committed: Set<UInt64>
  private let previousFiles: Set<String>
  /// The id of the first segment of this transaction.
  private var firstSegmentID: UInt64
  /// The segments under construction and those being written.
  var growing: [GrowingSegment] = []
  /// The segments that are being merged; they are among `segments` until the merged one takes their place.
  var merging: Set<UInt64> = []
  /// What this transaction deleted beside what was deleted before, by segment id.
  var deletions: [UInt64: DeletedDocuments] = [:]
  /// What was written so far.
  package internal(set) var written = WrittenSegments()
  /// Whether the commit removes every file that it does not name, see ``compact()``.
  var givesSpaceBack = false

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
  /// Whatever was handed out to be built, written or merged elsewhere must have come to its end.
  ///
  /// After a commit whose outcome is unknown it removes nothing: the manifest that may be the current one names these files.
  package func rollBack() {
    defer { lock = nil }
    switch state {
    case .ended, .failed(.outcomeUnknown): return
    case .open, .failed: state = .ended
    }
    for segment in growing where !segment.isBeingWritten { segment.builder.abandon() }
    growing = []
    for id in firstSegmentID..<manifest.nextSegmentID { SegmentFile.removeAll(ofNumber: id, from: directory) }
  }

  /// Ends the transaction with an error that happened elsewhere, in the work on a segment.
  package func fail(_ error: StorageError) {
    if case .open = state { state = .failed(error) }
  }

  /// Runs one step of the transaction; its first error ends the transaction.
  func step<Value>(_ body: () throws(StorageError) -> Value) throws(StorageError) -> Value {
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
