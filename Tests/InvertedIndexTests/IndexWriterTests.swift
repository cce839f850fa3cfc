import Foundation
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("The writer of an index")
struct IndexWriterTests {
  /// `LEDE_LONG=1` runs every kind of fault at every call, and more states.
  private let isLong = ProcessInfo.processInfo.environment["LEDE_LONG"] == "1"
  private let old = TestArticle.random(8, seed: 1, words: 20)
  private let new = TestArticle.random(12, seed: 2, words: 20).map { article in
    var article = article
    article.id = "new-" + article.id
    return article
  }
  /// Small budgets, so that one transaction flushes and merges.
  private let options = IndexWriterOptions(
    memoryByteCount: 1 << 20, mergePolicy: MergePolicy(fanIn: 2, smallestTierByteCount: 1 << 20))

  /// What a transaction of a test does, and what it leaves.
  enum Work: CaseIterable, Sendable {
    /// Writes two segments and merges them with the old one.
    case merging
    /// Deletes some of the old articles and replaces one; two of the new ones come beside.
    case deleting

    var countAfterwards: Int { self == .merging ? 20 : 7 }
  }

  private func indexed(_ directory: any Directory) throws(StorageError) {
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 5)
    let writer = try IndexWriter(directory: directory, options: options)
    for article in old { try TestIndex.add(article, to: writer) }
    _ = try writer.commit()
  }

  /// One transaction, rolled back after an error.
  private func run(_ work: Work, on directory: any Directory) throws(StorageError) {
    switch work {
    case .merging: try addNew(to: directory)
    case .deleting: try deleteOld(in: directory)
    }
  }

  private func deleteOld(in directory: any Directory) throws(StorageError) {
    let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 1 << 20))
    do throws(StorageError) {
      for article in old[..<4] { _ = try writer.delete(id: article.id) }
      for article in [old[3]] + new[..<2] { try TestIndex.add(article, to: writer) }
      _ = try writer.commit()
    } catch {
      writer.rollBack()
      throw error
    }
  }

  private func addNew(to directory: any Directory) throws(StorageError) {
    let writer = try IndexWriter(directory: directory, options: options)
    do throws(StorageError) {
      for (number, article) in new.enumerated() {
        // A guess of more words than memory holds makes the writer flush first.
        try TestIndex.add(article, to: writer, words: number == 6 ? 1 << 30 : 100)
      }
      _ = try writer.commit()
    } catch {
      writer.rollBack()
      throw error
    }
  }

  /// The number of documents of a sound index that are not deleted.
  private func documentCount(_ directory: any Directory) throws(StorageError) -> Int {
    let findings = try IndexVerifier(directory: directory).verify()
    #expect(findings.problems.isEmpty, "\(findings.problems)")
    return try IndexSnapshot.open(directory).liveCount
  }

  @Test(
    "A fault at any call of a transaction leaves the last commit, and the next transaction succeeds", arguments: Work.allCases)
  func faults(work: Work) throws {
    let sound = MemoryDirectory()
    try indexed(sound)
    let counting = FailingDirectory(MemoryDirectory(files: sound.files), fault: nil)
    try run(work, on: counting)
    let after = work.countAfterwards
    #expect(try documentCount(counting) == after)
    #expect(try counting.list().contains { $0.name.hasSuffix(".deletions") } == (work == .deleting))
    var failed = 0
    // Most calls append to a file; the short form tries every second, with one kind of fault each in turn. The last calls are the
    // commit, and each is tried with every kind.
    let all = FailingDirectory.Fault.Kind.allCases
    let commit = counting.callCount - 24
    for call in 0..<counting.callCount where isLong || call >= commit || call.isMultiple(of: 2) {
      for kind in isLong || call >= commit ? all : [all[call / 2 % all.count]] {
        for lasts in isLong ? [false, true] : [call / 2 % 2 == 0] {
          let base = MemoryDirectory(files: sound.files)
          let directory = FailingDirectory(base, fault: .init(atCall: call, kind: kind, lasts: lasts))
          var outcomeIsUnknown = false
          do throws(StorageError) { try run(work, on: directory) } catch {
            failed += 1
            if case .outcomeUnknown = error { outcomeIsUnknown = true }
            // The new manifest may stand, or the old one; whichever does is whole.
            #expect(try documentCount(base) == (outcomeIsUnknown ? after : 8), "call \(call), \(kind), \(error)")
            directory.heal()
            if !outcomeIsUnknown { try run(work, on: directory) }
          }
          #expect(try documentCount(base) == after, "call \(call), \(kind)")
          #expect(try strayFiles(in: base, after: sound).isEmpty, "call \(call), \(kind)")
        }
      }
    }
    print("directory calls, \(work): \(counting.callCount), \(failed) faults")
    #expect(failed > 40)
  }

  /// The files that neither the commit of a directory names nor the one before it.
  private func strayFiles(in directory: any Directory, after earlier: MemoryDirectory) throws -> Set<String> {
    var known: Set = [ManifestFormat.fileName, "LOCK"]
    for manifest in [try ManifestReader.read(from: directory), try ManifestReader.read(from: earlier)] {
      for segment in manifest.segments {
        known.formUnion(segment.files.map(\.name))
        if let deletions = segment.deletions { known.insert(deletions.file.name) }
      }
    }
    return Set(try directory.list().map(\.name)).subtracting(known)
  }

  @Test("A fault at any call leaks no descriptor", arguments: Work.allCases)
  func descriptors(work: Work) throws {
    let sound = MemoryDirectory()
    try indexed(sound)
    let counting = FailingDirectory(MemoryDirectory(files: sound.files), fault: nil)
    try run(work, on: counting)
    for call in stride(from: 0, to: counting.callCount, by: isLong ? 1 : 7) {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lede-writer-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      for (name, bytes) in sound.files { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
      let directory = try FileSystemDirectory(path: folder.path)
      // What fails while files are removed at the end is passed over.
      try? run(work, on: FailingDirectory(directory, fault: .init(atCall: call, kind: .inputOutput, lasts: true)))
      #if os(Linux)
        // That of the folder, and so it is known that they can be counted.
        withExtendedLifetime(directory) { #expect(openDescriptors(in: folder.path) == 1, "call \(call)") }
      #endif
    }
  }

  /// How many descriptors of this process are open in a folder; none where the system does not say.
  private func openDescriptors(in path: String) -> Int {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    let targets = all.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)") }
    return targets.count { $0.hasPrefix(path) }
  }

  @Test(
    "A power cut at any moment of a transaction leaves all of it or none", arguments: [1] as [UInt64], Work.allCases)
  func powerCuts(seed: UInt64, work: Work) throws {
    let after = work.countAfterwards
    var generator = SeededGenerator(seed: seed)
    let sound = MemoryDirectory()
    try indexed(sound)
    let directory = CrashingDirectory(files: sound.files)
    let before = directory.moments.count
    try run(work, on: directory)
    var states = 0
    for moment in directory.moments.dropFirst(before) {
      states += try moment.forEachState(limit: isLong ? 64 : 4, using: &generator) { files in
        let count = try documentCount(MemoryDirectory(files: files))
        #expect(count == 8 || count == after, "seed \(seed)")
      }
    }
    // What was acknowledged survives whatever happens next.
    try directory.moments.last!.forEachState(limit: 32, using: &generator) { files in
      let count = try documentCount(MemoryDirectory(files: files))
      #expect(count == after, "seed \(seed)")
    }
    print("\(states) states")
    #expect(states > 100)
  }

  @Test("An error that the caller passes over still undoes the transaction")
  func swallowedError() throws {
    let base = MemoryDirectory()
    try indexed(base)
    // Far enough into the transaction that a segment is being written, and once only.
    let directory = FailingDirectory(base, fault: .init(atCall: 20, kind: .noSpace))
    let writer = try IndexWriter(directory: directory, options: options)
    for (number, article) in new.enumerated() {
      try? TestIndex.add(article, to: writer, words: number % 4 == 3 ? 1 << 30 : 100)
    }
    #expect(throws: StorageError.self) { try writer.commit() }
    writer.rollBack()
    #expect(try documentCount(base) == 8)
    #expect(throws: StorageError.self) { try writer.commit() }
  }

  @Test("A writer that has ended takes nothing more, and the next one may begin")
  func ended() throws {
    let directory = MemoryDirectory()
    try indexed(directory)
    let writer = try IndexWriter(directory: directory, options: options)
    #expect(throws: StorageError.locked(path: "memory/LOCK")) { try IndexWriter(directory: directory, options: options) }
    _ = try writer.commit()
    #expect(throws: StorageError.self) { try writer.builder(forID: "a", contentHash: 1, words: 1) }
    _ = try IndexWriter(directory: directory, options: options)
  }

  @Test("A lost manifest is not an empty folder: the segments beside it stay")
  func lostManifest() throws {
    let directory = MemoryDirectory()
    try indexed(directory)
    try directory.remove(ManifestFormat.fileName)
    let files = directory.files.count
    #expect(throws: StorageError.self) {
      try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 6)
    }
    #expect(directory.files.count == files)
  }

  @Test("Articles without a word make a sound segment")
  func wordless() throws {
    let articles = (0..<3).map { TestArticle(id: "\($0)", title: [], body: [], date: nil, source: nil) }
    try SegmentVerifier(try TestIndex.segment(articles, in: MemoryDirectory())).verify()
  }
}
