import Foundation
import IndexStorage
import Testing

@testable import InvertedIndex

/// Bytes that no writer wrote, under checksums that are right: what is read must be an answer or an error, never a crash.
@Suite("Fuzzing an index")
struct FuzzTests {
  /// `LEDE_LONG=1` tries for a minute each.
  private static let duration = Duration.seconds(ProcessInfo.processInfo.environment["LEDE_LONG"] == "1" ? 60 : 1)

  private func index() throws -> MemoryDirectory {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 5)
    let articles = TestArticle.random(140, seed: 1, words: 20)
    let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 1 << 20))
    for article in articles { try TestIndex.add(article, to: writer) }
    _ = try writer.commit()
    let second = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 1 << 20))
    for article in articles[..<10] { _ = try second.delete(id: article.id) }
    _ = try second.commit()
    return directory
  }

  @Test("Segment files with any content under right checksums give answers or errors")
  func segments() throws {
    let sound = try index()
    let manifest = try ManifestReader.read(from: sound)
    let info = try #require(manifest.segments.first)
    let deletions = try #require(info.deletions)
    var generator = SeededGenerator(seed: 1)
    let end = ContinuousClock.now + Self.duration
    var (rounds, refused) = (0, 0)
    while ContinuousClock.now < end || rounds < 20 {
      rounds += 1
      let directory = MemoryDirectory(files: sound.files)
      var damaged = manifest
      // A file of the segment, or its deletions.
      let file = Int.random(in: 0...info.files.count, using: &generator)
      if file < info.files.count {
        let kind = SegmentFile.allCases[file]
        damaged.segments[0].files[file] = try rewrite(
          info.files[file], kind.identity(indexID: manifest.indexID, segmentID: info.id), in: directory, &generator)
      } else {
        damaged.segments[0].deletions?.file = try rewrite(
          deletions.file, DeletionsFormat.identity(indexID: manifest.indexID, segmentID: info.id), in: directory, &generator)
      }
      try ManifestWriter.commit(damaged, in: directory)
      do { try readEverything(directory) } catch is StorageError { refused += 1 }
    }
    print("fuzzing, segment reader: \(rounds) inputs in \(Self.duration), \(refused) refused, 0 crashes")
    #expect(refused > 0)
  }

  @Test("Manifests with any content under a right checksum give answers or errors")
  func manifests() throws {
    let sound = try index()
    let bytes = try #require(sound.files[ManifestFormat.fileName])
    var generator = SeededGenerator(seed: 2)
    let end = ContinuousClock.now + Self.duration
    var (rounds, refused) = (0, 0)
    while ContinuousClock.now < end || rounds < 20 {
      rounds += 1
      var content = Array(bytes.dropLast(8))
      generator.damage(&content)
      var writer = ByteWriter()
      writer.append(contentsOf: content)
      writer.append(Checksum.of(content.span))
      var files = sound.files
      files[ManifestFormat.fileName] = writer.bytes
      let directory = MemoryDirectory(files: files)
      do throws(StorageError) {
        _ = try IndexVerifier(directory: directory).verify()
        _ = try IndexSnapshot.open(directory)
        let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 1 << 20))
        _ = try writer.delete(id: "none")
        writer.rollBack()
      } catch { refused += 1 }
    }
    print("fuzzing, manifest: \(rounds) inputs in \(Self.duration), \(refused) refused, 0 crashes")
    #expect(refused > 0)
  }

  /// Puts damaged content into a file, and makes its checksums right.
  private func rewrite(
    _ summary: FileSummary, _ identity: FileIdentity, in directory: MemoryDirectory, _ generator: inout SeededGenerator
  ) throws -> FileSummary {
    let file = try CheckedFile(directory: directory, name: summary.name, identity: identity, expected: summary)
    var content = [UInt8](copying: try file.allBytes())
    generator.damage(&content)
    try directory.remove(summary.name)
    let writer = try CheckedFileWriter(directory: directory, name: summary.name, identity: identity)
    try writer.append(content)
    return try writer.finish()
  }

  private func readEverything(_ directory: MemoryDirectory) throws {
    // The verifier reads all structures, and stops at the first thing that is wrong; so they are also read without it.
    _ = try IndexVerifier(directory: directory).verify()
    let snapshot = try IndexSnapshot.open(directory)
    var firstError: StorageError?
    func attempt(_ body: () throws(StorageError) -> Void) {
      do throws(StorageError) { try body() } catch { firstError = firstError ?? error }
    }
    for segment in snapshot.segments {
      for document in 0..<min(segment.documentCount, 400) {
        attempt { () throws(StorageError) in
          let id = try segment.id(document)
          _ = try snapshot.document(withID: id)
        }
        attempt { () throws(StorageError) in _ = try segment.date(document) }
        attempt { () throws(StorageError) in _ = try segment.text(document) }
        attempt { () throws(StorageError) in _ = try segment.contentHash(document) }
      }
      attempt { () throws(StorageError) in
        _ = try segment.documents(startingIn: -5...5)
        _ = try segment.keywordCondition(field: 0, value: "ap")?.matches(0)
      }
      attempt { () throws(StorageError) in
        var terms = KeyTableCursor(segment.terms.table)
        while try terms.advance() { try readByDocument(terms.payload, segment) }
      }
      attempt { () throws(StorageError) in
        var terms = KeyTableCursor(segment.terms.table)
        while try terms.advance() {
          var cursor = try segment.words.cursor(for: terms.payload)
          var target: UInt32 = 0
          while try cursor.advance(toBlockWith: target), cursor.lastDocument >= target, cursor.lastDocument < .max {
            target = cursor.lastDocument + 1
          }
        }
      }
    }
    if let firstError { throw firstError }
  }

  /// A word as frequent ones are kept in memory.
  private func readByDocument(_ entry: TermEntry, _ segment: SegmentReader) throws(StorageError) {
    let postings = try DensePostings(entry, in: segment.words)
    let positions = try DensePositions(entry, postings, in: segment.words)
    let documents = (0..<UInt32(segment.documentCount)).filter { postings.documents.contains($0) }
    for document in documents { _ = postings.cell(of: document) }
    var cells = [UInt64](repeating: 0, count: documents.count)
    positions.gather(documents, 0..<documents.count, into: &cells)
    var read: [UInt32] = []
    for cell in cells { _ = positions.read(cell, into: &read) }
  }
}

extension SeededGenerator {
  /// Changes a few bytes, cuts, doubles or inserts some: small lies mostly, because large ones are found at once.
  mutating func damage(_ bytes: inout [UInt8]) {
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      guard !bytes.isEmpty else { return bytes = [UInt8.random(in: 0...255, using: &self)] }
      // Structures begin with what steers them.
      let limit = Bool.random(using: &self) ? min(bytes.count, 64) : bytes.count
      let place = Int.random(in: 0..<limit, using: &self)
      switch Int.random(in: 0..<8, using: &self) {
      case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &self)!
      case 3: bytes[place] = UInt8.random(in: 0...255, using: &self)
      case 4: bytes[place] &+= Bool.random(using: &self) ? 1 : 255
      case 5: for index in place..<min(bytes.count, place + 8) { bytes[index] = 0xFF }
      case 6: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...16, using: &self)))
      default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
      }
    }
  }
}
