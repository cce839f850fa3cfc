import Foundation
import IndexStorage
import Testing

@testable import InvertedIndex

@Suite("The transaction of a repair")
struct IndexRepairTests {
  /// `LEDE_LONG=1` tries every kind of fault at every call.
  private let isLong = ProcessInfo.processInfo.environment["LEDE_LONG"] == "1"
  private let articles = TestArticle.random(40, seed: 31)

  /// Two segments, the first with a damaged byte in its texts.
  private func damaged() throws -> [String: [UInt8]] {
    let directory = MemoryDirectory()
    try IndexWriter.create(in: directory, schema: TestIndex.schema, indexID: 42)
    for part in [articles[..<20], articles[20...]] {
      let writer = try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: 4 << 20))
      for article in part { try TestIndex.add(article, to: writer) }
      _ = try writer.commit()
    }
    var files = directory.files
    files[SegmentFile.texts.name(ofSegment: 1)]![60] ^= 1
    return files
  }

  /// A repair that loses the whole first segment.
  private func repair(_ directory: any Directory) throws(StorageError) {
    let repair = try IndexRepair(directory: directory, memoryByteCount: 4 << 20)
    do throws(StorageError) {
      for segment in repair.segments {
        for document in 0..<segment.info.documentCount {
          if case .lost = segment.document(document) { continue }
          Issue.record("document \(document) is not lost")
        }
        try repair.keepAside(segment.info.files)
      }
      _ = try repair.commit()
    } catch {
      repair.rollBack(after: error)
      throw error
    }
  }

  /// The index is as it was, or it is repaired and the remains are there.
  private func expectWhole(_ files: [String: [UInt8]], _ before: [String: [UInt8]], _ place: String) throws {
    let directory = MemoryDirectory(files: files)
    let manifest = try ManifestReader.read(from: directory)
    if manifest.generation == 2 {
      for (name, bytes) in before where name != ManifestFormat.lockName { #expect(files[name] == bytes, "\(place)") }
    } else {
      let findings = try IndexVerifier(directory: directory).verify()
      #expect(findings.problems.isEmpty && manifest.segments.count == 1, "\(place)")
      for file in SegmentFile.allCases {
        let name = file.name(ofSegment: 1)
        #expect(files[name + IndexRepair.suffix] == before[name], "\(place): \(file)")
      }
    }
  }

  @Test("A power cut at any moment leaves the index as it was, or repaired with the remains of what was lost")
  func powerCuts() throws {
    var generator = SeededGenerator(seed: 9)
    let before = try damaged()
    let directory = CrashingDirectory(files: before)
    let start = directory.moments.count
    try repair(directory)
    var states = 0
    for moment in directory.moments.dropFirst(start) {
      states += try moment.forEachState(limit: 16, using: &generator) { files in
        try expectWhole(files, before, "state \(states)")
      }
    }
    print("\(states) states")
    #expect(states > 100)
    #expect(try ManifestReader.read(from: directory).generation == 3)
  }

  @Test(
    "A fault at any call leaves the index as it was, or repaired, and the next repair succeeds; later writers leave the remains")
  func faults() throws {
    let before = try damaged()
    let counting = FailingDirectory(MemoryDirectory(files: before), fault: nil)
    try repair(counting)
    for call in 0..<counting.callCount {
      let all = FailingDirectory.Fault.Kind.allCases
      for kind in isLong ? all : [all[call % all.count]] {
        let base = MemoryDirectory(files: before)
        let directory = FailingDirectory(base, fault: .init(atCall: call, kind: kind))
        try? repair(directory)
        try expectWhole(base.files, before, "call \(call), \(kind)")
        try repair(base)
        #expect(try ManifestReader.read(from: base).generation == 3, "call \(call), \(kind)")
        try expectWhole(base.files, before, "call \(call), \(kind)")
      }
    }
    let base = MemoryDirectory(files: before)
    try repair(base)
    let writer = try IndexWriter(directory: base, options: IndexWriterOptions(memoryByteCount: 4 << 20))
    try writer.compact()
    _ = try writer.commit()
    #expect(base.files.keys.count { $0.hasSuffix(IndexRepair.suffix) } == SegmentFile.allCases.count)
    #expect(base.files[SegmentFile.texts.name(ofSegment: 1)] == nil)
  }
}
