import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI
import Testing

@testable import NativeBackend

/// Building on several threads: what only the threads can get wrong. What an index answers, the other suites ask.
@Suite("Building on several threads")
struct IndexingCrewTests {
  private static let schema = NativeSchema.make(storesText: true, indexesPairs: true)

  private static func options() -> IndexWriterOptions {
    var options = IndexWriterOptions(memoryByteCount: 1 << 20, threadCount: 3, mergePolicy: MergePolicy(fanIn: 3))
    options.builderByteCount = 76 << 10
    return options
  }

  private static func articles(_ numbers: Range<Int>) -> [Article] {
    numbers.map { number in
      Article(
        id: "a\(number)", title: "number \(number)",
        body: (0..<60).map { "w\(($0 * 7 + number * 13) % 97)" }.joined(separator: " "))
    }
  }

  private func writer(on directory: any Directory, gate: WorkGate = WorkGate()) throws -> NativeWriter {
    var options = NativeOptions(threadCount: 3)
    options.batchByteCount = 700
    return NativeWriter(try IndexWriter(directory: directory, options: Self.options()), path: "test", options, gate: gate)
  }

  private func indexed(_ directory: any Directory) async throws {
    try IndexWriter.create(in: directory, schema: Self.schema, indexID: 9)
    let writer = try writer(on: directory)
    for article in Self.articles(0..<20) { _ = try await writer.add(article) }
    _ = try await writer.commit()
  }

  private func ids(_ directory: any Directory) throws -> Set<String> {
    let snapshot = try IndexSnapshot.open(directory)
    var ids: Set<String> = []
    for segment in snapshot.segments {
      for document in 0..<segment.documentCount where segment.isLive(document) { ids.insert(try segment.id(document)) }
    }
    return ids
  }

  @Test("Replaced and deleted while batches, flushes and merges are under way, each article is there once or not at all")
  func changesMeanwhile() async throws {
    let directory = MemoryDirectory()
    try await indexed(directory)
    let writer = try writer(on: directory)
    var expected = Set((0..<20).map { "a\($0)" })
    for round in 0..<2 {
      for number in 0..<120 {
        var article = Self.articles(number..<number + 1)[0]
        article.body += " round\(round)"
        #expect(try await writer.add(article) == (expected.contains(article.id) ? .replaced : .added))
        #expect(try await writer.add(article) == .unchanged)
        expected.insert(article.id)
        if number % 5 == round {
          let doomed = "a\(number * 3 % 120)"
          #expect(try await writer.delete(id: doomed) == (expected.remove(doomed) != nil))
        }
      }
    }
    let doomed = expected.filter { $0.hasSuffix("7") }
    #expect(try await writer.delete { $0.hasSuffix("7") } == doomed.count)
    expected.subtract(doomed)
    let snapshot = try await writer.commit()
    #expect(snapshot.manifest.nextSegmentID > 6)
    #expect(snapshot.liveCount == expected.count)
    #expect(try ids(directory) == expected)
    #expect(try IndexVerifier(directory: directory).verify().problems.isEmpty)
  }

  @Test("A fault at any call of any thread leaves the last commit and no file, and the next transaction succeeds")
  func faults() async throws {
    var faultCount = 0
    for call in stride(from: 3, to: 400, by: Extent.isLong ? 1 : 9) {
      let base = MemoryDirectory()
      try await indexed(base)
      let before = try ids(base)
      let directory = FailingDirectory(base, fault: .init(atCall: call, kind: .noSpace, lasts: true))
      do {
        let writer = try writer(on: directory)
        do {
          for article in Self.articles(10..<90) { _ = try await writer.add(article) }
          _ = try await writer.commit()
        } catch {
          faultCount += 1
          await writer.rollBack()
          throw error
        }
      } catch let error as SearchError {
        directory.heal()
        // Where the very last sync fails, the new commit stands already, and whether it will last is not known.
        let isUnknown = if case .io(operation: "make durable", _, _) = error { true } else { false }
        #expect(try isUnknown ? ids(base).count == 90 : ids(base) == before, "call \(call): \(error)")
      } catch is StorageError {
        directory.heal()
      }
      #expect(try IndexVerifier(directory: base).verify().problems.isEmpty, "call \(call)")
      let again = try writer(on: base)
      for article in Self.articles(10..<90) { _ = try await again.add(article) }
      _ = try await again.commit()
      #expect(try ids(base).count == 90, "call \(call)")
    }
    #expect(faultCount > 10)
  }

  @Test("A transaction that is given up stops its threads and leaves nothing behind")
  func givenUp() async throws {
    let directory = MemoryDirectory()
    try await indexed(directory)
    let files = Set(directory.files.keys)
    let gate = WorkGate()
    let writer = try writer(on: InterceptingDirectory(directory, gate: gate), gate: gate)
    for article in Self.articles(100..<160) { _ = try await writer.add(article) }
    await writer.rollBack()
    #expect(Set(directory.files.keys) == files)
    #expect(try ids(directory).count == 20)
  }

  @Test("A commit waits while writing is paused, and goes on afterwards; a paused transaction can be given up")
  func paused() async throws {
    let directory = MemoryDirectory()
    try await indexed(directory)
    let gate = WorkGate()
    for isGivenUp in [true, false] {
      gate.reopen()
      let writer = try writer(on: InterceptingDirectory(directory, gate: gate), gate: gate)
      // Fewer batches than threads, so that nothing waits for one that is held up.
      for article in Self.articles(200..<205) { _ = try await writer.add(article) }
      gate.pause()
      if isGivenUp {
        await writer.rollBack()
        gate.resume()
        #expect(try ids(directory).count == 20)
      } else {
        let wasResumed = Guarded(false)
        Task {
          try await Task.sleep(for: .milliseconds(50))
          wasResumed.withValue { $0 = true }
          gate.resume()
        }
        _ = try await writer.commit()
        #expect(wasResumed.withValue { $0 })
        #expect(try ids(directory).count == 25)
      }
    }
  }
}
