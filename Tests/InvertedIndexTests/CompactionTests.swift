import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("Compacting an index")
struct CompactionTests {
  private let options = IndexWriterOptions(memoryByteCount: 4 << 20)
  private let articles = TestArticle.random(60, seed: 21)
  private static let countAfterwards = 50

  /// Three commits of additions, and one that deletes ten of the articles.
  private func makeIndex(in directory: any Directory) throws(StorageError) {
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 42)
    for part in 0..<3 {
      let writer = try IndexWriter(directory: directory, options: options)
      for article in articles[part * 20..<(part + 1) * 20] { try TestIndex.add(article, to: writer) }
      _ = try writer.commit()
    }
    let writer = try IndexWriter(directory: directory, options: options)
    for article in articles[15..<25] { _ = try writer.delete(id: article.id) }
    _ = try writer.commit()
  }

  /// One compaction, rolled back after an error.
  @discardableResult
  private func compact(_ directory: any Directory) throws(StorageError) -> IndexSnapshot {
    let writer = try IndexWriter(directory: directory, options: options)
    do throws(StorageError) {
      try writer.compact()
      return try writer.commit()
    } catch {
      writer.rollBack()
      throw error
    }
  }

  private func expectSound(_ directory: any Directory, _ place: String = "") throws {
    let findings = try IndexVerifier(directory: directory).verify()
    #expect(findings.problems.isEmpty, "\(place) \(findings.problems)")
    #expect(try IndexSnapshot.open(directory).liveCount == Self.countAfterwards, "\(place)")
  }

  @Test("Nothing is left in the folder but the one segment, at once")
  func spaceGivenBack() throws {
    let directory = MemoryDirectory()
    try makeIndex(in: directory)
    let snapshot = try compact(directory)
    #expect(snapshot.segments.count == 1)
    #expect(Set(try directory.list().map(\.name)) == snapshot.manifest.liveFiles)
    try expectSound(directory)
  }

  @Test("What an earlier commit left behind goes too, with a commit of its own; then there is nothing left to do")
  func earlierCommit() throws {
    let directory = MemoryDirectory()
    try makeIndex(in: directory)
    // A merge without compaction leaves the files of the commit before.
    let writer = try IndexWriter(
      directory: directory,
      options: IndexWriterOptions(memoryByteCount: 4 << 20, mergePolicy: MergePolicy(fanIn: 3, smallestTierByteCount: 1 << 20)))
    let merged = try writer.commit()
    #expect(merged.segments.count == 1 && merged.segments[0].deleted == nil)
    #expect(try directory.list().count > merged.manifest.liveFiles.count)
    let compacted = try compact(directory)
    #expect(compacted.manifest.segments == merged.manifest.segments)
    #expect(compacted.manifest.generation == merged.manifest.generation + 1)
    #expect(Set(try directory.list().map(\.name)) == compacted.manifest.liveFiles)
    #expect(try compact(directory).manifest.generation == compacted.manifest.generation)
    try expectSound(directory)
  }

  @Test("A reader that read the manifest before a compaction, and opens its files after, finds the new commit")
  func readerInBetween() throws {
    let sound = MemoryDirectory()
    try makeIndex(in: sound)
    let names = try sound.list().map(\.name).filter { $0.hasSuffix(".texts") || $0.hasSuffix(".deletions") }
    #expect(names.count == 5)
    // At whichever of its files the reader has arrived.
    for name in names {
      for reads in [{ _ = try IndexSnapshot.open($0) }, { _ = try IndexVerifier(directory: $0).verify() }]
        as [(any Directory) throws -> Void]
      {
        let directory = MemoryDirectory(files: sound.files)
        let hasCompacted = Guarded(false)
        let options = options
        let reading = InterceptingDirectory(directory) { operation in
          guard operation == .open(name), !hasCompacted.withValue({ $0 }) else { return .perform }
          hasCompacted.withValue { $0 = true }
          do throws(StorageError) {
            let writer = try IndexWriter(directory: directory, options: options)
            try writer.compact()
            _ = try writer.commit()
          } catch { return .fail(error) }
          return .perform
        }
        try reads(reading)
        #expect(hasCompacted.withValue { $0 })
        #expect(try directory.list().allSatisfy { $0.name != name })
      }
    }
    let before = try IndexSnapshot.open(sound)
    try compact(sound)
    // What was open stays open.
    for segment in before.segments {
      for document in 0..<segment.documentCount { #expect(try segment.text(document) != nil) }
    }
  }

  @Test("A power cut at any moment of a compaction leaves the index before or the index after, both whole")
  func powerCuts() throws {
    var generator = SeededGenerator(seed: 5)
    let sound = MemoryDirectory()
    try makeIndex(in: sound)
    let directory = CrashingDirectory(files: sound.files)
    let before = directory.moments.count
    try compact(directory)
    var states = 0
    for moment in directory.moments.dropFirst(before) {
      states += try moment.forEachState(limit: 4, using: &generator) { files in
        try expectSound(MemoryDirectory(files: files), "state \(states)")
      }
    }
    print("\(states) states")
    #expect(states > 100)
  }

  @Test("A fault at any call of a compaction leaves the index whole, and the next compaction succeeds")
  func faults() throws {
    let sound = MemoryDirectory()
    try makeIndex(in: sound)
    let counting = FailingDirectory(MemoryDirectory(files: sound.files), fault: nil)
    try compact(counting)
    var unknownOutcomes = 0
    for call in 0..<counting.callCount {
      let base = MemoryDirectory(files: sound.files)
      let directory = FailingDirectory(base, fault: .init(atCall: call, kind: .inputOutput))
      do throws(StorageError) { try compact(directory) } catch {
        if case .outcomeUnknown = error {
          unknownOutcomes += 1
          // The commit before may be the one that a power cut brings back.
          #expect(sound.files.keys.allSatisfy { base.files[$0] != nil })
        }
      }
      try expectSound(base, "call \(call)")
      try compact(base)
      #expect(try Set(base.list().map(\.name)) == IndexSnapshot.open(base).manifest.liveFiles, "call \(call)")
      try expectSound(base, "call \(call)")
    }
    #expect(unknownOutcomes == 1)
  }
}
