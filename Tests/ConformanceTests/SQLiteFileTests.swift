import Foundation
import SQLiteBackend
import SearchAPI
import Testing

@Suite("The file of the SQLite backend")
struct SQLiteFileTests {
  /// Makes an index, closes it, and hands its folder and the path of its file to a test.
  private func withClosedIndex(storesText: Bool = true, _ body: (_ folder: String, _ file: String) async throws -> Void)
    async throws
  {
    try await withTemporaryFolder { folder async throws in
      let generator = ArchiveGenerator(seed: 31, articleCount: 120)
      do {
        let backend = try await SQLiteBackend(creatingAt: folder + "/index", storesText: storesText)
        try await backend.addAll(generator.articles)
      }
      try await body(folder + "/index", folder + "/index/lede.sqlite")
    }
  }

  private func change(_ file: String, _ body: (inout [UInt8]) -> Void) throws {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    body(&bytes)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  /// Everything a caller can ask for; each call answers or throws a `SearchError`.
  private func exercise(_ folder: String) async -> [SearchError] {
    var errors: [SearchError] = []
    func attempt(_ body: () async throws -> Void) async {
      do { try await body() } catch let error as SearchError { errors.append(error) } catch {
        Issue.record("\(type(of: error)): \(error)")
      }
    }
    await attempt {
      let backend = try await SQLiteBackend(openingAt: folder)
      for query in [
        Query.word("w1"), .words("w1 w2"), .and([.word("w2"), .date("1987")]), .not(.word("w1")),
        .keyword(.init(.source, "alpha")),
      ] {
        for order in ResultOrder.allCases {
          await attempt {
            _ = try await backend.search(SearchRequest(query, limit: 50, order: order, countsMatches: true, passageLength: 80))
          }
        }
      }
      await attempt { _ = try await backend.article(id: "a1") }
      await attempt { _ = try await backend.statistics() }
      await attempt {
        errors += try await backend.verify().problems.map { .corrupt(file: $0.file, offset: nil, reason: $0.reason) }
      }
    }
    return errors
  }

  @Test("A sound file gives no errors")
  func sound() async throws {
    for storesText in [true, false] {
      try await withClosedIndex(storesText: storesText) { folder, _ in #expect(await exercise(folder) == []) }
    }
  }

  @Test("A format from the future, a foreign file, garbage and an empty file are each named")
  func foreignFiles() async throws {
    try await withClosedIndex { folder, file async throws in
      // SQLite's file header: user_version at 60, application_id at 68.
      try change(file) { $0[63] = 3 }
      await #expect(throws: SearchError.newerVersion(file: "lede.sqlite", version: 3, supported: 2)) {
        _ = try await SQLiteBackend(openingAt: folder)
      }
      try change(file) { $0[63] = 1 }
      await #expect(throws: SearchError.olderVersion(file: "lede.sqlite", version: 1, supported: 2)) {
        _ = try await SQLiteBackend(openingAt: folder)
      }
      try change(file) { $0[63] = 0 }
      await #expect(throws: SearchError.self) { _ = try await SQLiteBackend(openingAt: folder) }
      try change(file) {
        $0[63] = 2
        $0[68] ^= 1
      }
      await #expect(
        throws: SearchError.corrupt(file: "lede.sqlite", offset: nil, reason: "it is an SQLite file, but not an index of Lede")
      ) {
        _ = try await SQLiteBackend(openingAt: folder)
      }
      try Data(repeating: 0x41, count: 20_000).write(to: URL(fileURLWithPath: file))
      let error = await #expect(throws: SearchError.self) { _ = try await SQLiteBackend(openingAt: folder) }
      if case .corrupt? = error {} else { Issue.record("\(String(describing: error))") }
      try Data().write(to: URL(fileURLWithPath: file))
      await #expect(throws: SearchError.noIndex(path: folder)) { _ = try await SQLiteBackend(openingAt: folder) }
    }
  }

  @Test("A link in place of the file is not followed")
  func link() async throws {
    try await withClosedIndex { folder, file async throws in
      try FileManager.default.moveItem(atPath: file, toPath: folder + "/elsewhere.sqlite")
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: folder + "/elsewhere.sqlite")
      await #expect(throws: SearchError.self) { _ = try await SQLiteBackend(openingAt: folder) }
      await #expect(throws: SearchError.self) { _ = try await SQLiteBackend(creatingAt: folder) }
    }
  }

  @Test("A second writer on the same file is told that it is locked; searches go on")
  func lock() async throws {
    try await withClosedIndex { folder, _ async throws in
      let first = try await SQLiteBackend(openingAt: folder)
      let second = try await SQLiteBackend(openingAt: folder)
      try await first.write { writer async throws in
        _ = try await writer.add(Article("new", "ash"))
        await #expect(throws: SearchError.locked(path: folder)) { try await second.write { _ in } }
        #expect(try await second.ids(.everything).count == 120)
      }
      #expect(try await second.ids(.everything).count == 121)
      try await second.addAll([Article("newer", "ash")])
      #expect(try await first.ids(.everything).count == 122)
    }
  }

  @Test("An error inside a transaction that the caller swallows still undoes it")
  func swallowedError() async throws {
    try await withClosedIndex { folder, _ async throws in
      let backend = try await SQLiteBackend(openingAt: folder)
      nonisolated(unsafe) var escaped: (any ArticleWriter)?
      try await backend.write { unsafe escaped = $0 }
      await #expect(throws: SearchError.self) { _ = try await unsafe escaped?.add(Article("late", "ash")) }
      #expect(try await backend.article(id: "late") == nil)
    }
  }

  @Test("A damaged file gives errors or answers, and never ends the process", arguments: Extent.damageSeeds)
  func damage(seed: UInt64) async throws {
    try await withClosedIndex(storesText: seed.isMultiple(of: 2)) { folder, file async throws in
      let sound = try Data(contentsOf: URL(fileURLWithPath: file))
      var random = SeededGenerator(seed: seed)
      for round in 0..<12 {
        var bytes = [UInt8](sound)
        switch round % 4 {
        case 0: bytes[Int.random(in: 100..<bytes.count, using: &random)] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
        case 1:
          for _ in 0..<50 { bytes[Int.random(in: 100..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
        case 2:
          let start = Int.random(in: 0..<bytes.count - 4_096, using: &random)
          bytes.replaceSubrange(
            start..<start + 4_096, with: repeatElement(UInt8.random(in: 0...255, using: &random), count: 4_096))
        default: bytes.removeSubrange(Int.random(in: 0..<bytes.count, using: &random)...)
        }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        let errors = await exercise(folder)
        // One bit may change what SQLite does not check, and an overwritten piece may lie in free pages.
        if !round.isMultiple(of: 2) { #expect(!errors.isEmpty, "seed \(seed), round \(round): nothing was noticed") }
      }
    }
  }
}
