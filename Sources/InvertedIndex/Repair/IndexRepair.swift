import IndexStorage

/// One transaction that puts a damaged index right: sound segments stay as they are, damaged ones are let go of, and their articles
/// are for the caller to add again.
///
///     let repair = try IndexRepair(directory: directory, options: options)
///     for segment in repair.segments { … add what segment.document(_:) gives to repair.writer … }
///     try repair.keepAside(segment.info.files)                   // where anything was lost
///     _ = try repair.commit()
///
/// It ends with `commit()` or `rollBack()`.
package final class IndexRepair {
  /// What is wrong, with every segment that is damaged.
  package let problems: [IndexVerifier.Problem]
  /// The damaged segments, in the order in which their articles are to be added: an article that is there already then is the one
  /// that counts. Those of which it is not known what was deleted come last, the newest of them first, because a replacement is in
  /// a newer segment than what it replaced; only inside one transaction of several threads it may not be.
  package let segments: [SegmentSalvage]
  /// Segments that are sound but for the file that says which of their documents are deleted, the oldest first.
  package let withoutDeletions: [SegmentInfo]
  /// Takes the articles again.
  package let writer: IndexWriter
  /// The copies of damaged files, by name.
  package private(set) var keptAside: [String] = []

  private let directory: any Directory
  /// What the manifest says of deletions, by segment.
  private let deletions: [UInt64: SegmentInfo.Deletions]
  /// Ends the names of the copies of damaged files. No clean-up takes them for files of an index.
  package static let suffix = ".damaged"

  /// Takes the writer lock and reads every byte of the last commit.
  ///
  /// Errors: those of ``IndexWriter/init(directory:options:)``, where the manifest itself is damaged among them; `.io` where a file
  /// cannot be read for another reason than damage, because that may pass.
  package init(directory: any Directory, memoryByteCount: Int) throws(StorageError) {
    self.directory = directory
    var problems: [IndexVerifier.Problem] = []
    var segments: [SegmentSalvage] = []
    var withoutDeletions: [SegmentInfo] = []
    var deletions: [UInt64: SegmentInfo.Deletions] = [:]
    // A repair is not the moment to merge what is sound.
    let options = IndexWriterOptions(
      memoryByteCount: memoryByteCount, mergePolicy: MergePolicy(fanIn: .max, smallestTierByteCount: .max))
    writer = try IndexWriter(directory: directory, options: options) { (manifest) throws(StorageError) in
      let verifier = IndexVerifier(directory: directory)
      var sound: [SegmentReader] = []
      for info in manifest.segments {
        deletions[info.id] = info.deletions
        var findings = IndexVerifier.Findings()
        let errors = verifier.errors(in: info, of: manifest, &findings)
        if let error = errors.first(where: { !$0.isDamage }) { throw error }
        problems += errors.map(IndexVerifier.Problem.init)
        var opened = info
        if let deletions = info.deletions, !errors.isEmpty, errors.allSatisfy({ $0.file == deletions.file.name }) {
          opened.deletions = nil
          if verifier.errors(in: opened, of: manifest, &findings).isEmpty { withoutDeletions.append(opened) }
        }
        if errors.isEmpty || withoutDeletions.last == opened {
          sound.append(
            try SegmentReader(directory: directory, indexID: manifest.indexID, schema: manifest.schema, info: opened))
        } else {
          segments.append(SegmentSalvage(info, of: manifest, in: directory))
        }
      }
      // Which of two articles with one id is the deleted one is told from the order in which segments are added, so that a segment
      // without deletions stays as it is only where it is the only sort of damage.
      if !segments.isEmpty, manifest.schema.storesText {
        let ids = Set(withoutDeletions.map(\.id))
        segments += manifest.segments.filter { ids.contains($0.id) }.map { SegmentSalvage($0, of: manifest, in: directory) }
        sound.removeAll { ids.contains($0.info.id) }
        withoutDeletions = []
      }
      return sound
    }
    self.problems = problems
    self.deletions = deletions
    self.withoutDeletions = withoutDeletions.sorted { $0.id < $1.id }
    self.segments =
      segments.filter(\.knowsDeletions) + segments.filter { !$0.knowsDeletions }.sorted { $0.info.id > $1.info.id }
  }

  /// How many documents of a segment the manifest counts as deleted.
  package func deletedCount(of segment: UInt64) -> Int { deletions[segment]?.count ?? 0 }

  /// The damaged file of a segment's deletions, if it has one.
  package func damagedDeletions(of segment: UInt64) -> [FileSummary] { deletions[segment].map { [$0.file] } ?? [] }

  /// Copies damaged files to names that end with ``suffix``, so that what could not be recovered is not lost with them.
  ///
  /// Copies, and before the commit: a renamed file would be missing from the commit that still stands, and one that is renamed
  /// afterwards could meet a crash and the next writer's clean-up first.
  package func keepAside(_ files: [FileSummary]) throws(StorageError) {
    for file in files {
      let name = file.name + Self.suffix
      keptAside.append(name)
      // A file that is gone has nothing to keep.
      do throws(StorageError) { try FileCopy.copy(file.name, to: name, in: directory) } catch .missing { keptAside.removeLast() }
    }
  }

  /// Makes the repaired index the current one. The damaged files stay for the commit after it to remove.
  package func commit() throws(StorageError) -> IndexSnapshot { try writer.commit() }

  /// Leaves the index as it was; like ``IndexWriter/rollBack()`` it removes nothing after a commit whose outcome is unknown.
  package func rollBack(after error: (any Error)? = nil) {
    writer.rollBack()
    if let error = error as? StorageError, case .outcomeUnknown = error { return }
    for name in keptAside { try? directory.remove(name) }
    keptAside = []
  }
}

extension StorageError {
  /// Whether bytes are damaged or gone, and not just out of reach.
  fileprivate var isDamage: Bool {
    switch self {
    case .corrupt, .missing: true
    case .newerVersion, .olderVersion, .locked, .diskFull, .io, .outcomeUnknown: false
    }
  }

  /// The file it is about.
  fileprivate var file: String? {
    switch self {
    case .corrupt(let file, _, _), .missing(let file), .newerVersion(let file, _, _), .olderVersion(let file, _, _),
      .outcomeUnknown(let file, _):
      file
    case .locked, .diskFull, .io: nil
    }
  }
}
