import Foundation
import NativeBackend
import SearchAPI
import Testing

@Suite("Golden indexes")
struct GoldenIndexTests {
  /// `LEDE_RENEW_GOLDEN=index` builds the indexes anew, `=answers` also takes over their answers.
  private static let renewal = ProcessInfo.processInfo.environment["LEDE_RENEW_GOLDEN"]

  private func expectAnswers(_ golden: GoldenIndex, at path: String) async throws {
    let backend = try NativeBackend(openingAt: path)
    #expect(try await backend.verify().problems.isEmpty)
    let expected = try JSONDecoder().decode([GoldenIndex.Answer].self, from: Data(contentsOf: golden.answersFile))
    let found = try await golden.answers(of: backend)
    #expect(found.count == expected.count)
    for (mine, theirs) in zip(found, expected) { #expect(mine == theirs, "\(theirs.query), \(theirs.order)") }
  }

  @Test("The index that was built with this format answers as it did then", arguments: GoldenIndex.allCases)
  func answers(golden: GoldenIndex) async throws {
    try await withTemporaryFolder { folder async throws in
      // A copy, so that nothing can write to the original.
      try FileManager.default.copyItem(atPath: golden.index.path, toPath: folder + "/index")
      try await expectAnswers(golden, at: folder + "/index")
    }
  }

  @Test(
    "An index built now from the same articles gives the same answers, and the same bytes each time",
    arguments: GoldenIndex.allCases)
  func builtNow(golden: GoldenIndex) async throws {
    try await withTemporaryFolder { folder async throws in
      for name in ["first", "second"] { try await golden.build(at: folder + "/" + name) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/first").sorted()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/second").sorted() == names)
      for name in names {
        #expect(
          FileManager.default.contentsEqual(atPath: folder + "/first/" + name, andPath: folder + "/second/" + name), "\(name)")
      }
      try await expectAnswers(golden, at: folder + "/first")
    }
  }

  @Test("They hold what they are for: deletions, several segments, pairs, and many words")
  func coverage() async throws {
    for golden in GoldenIndex.allCases {
      let names = try FileManager.default.contentsOfDirectory(atPath: golden.index.path)
      #expect(names.contains { $0.hasSuffix(".deletions") })
      let statistics = try await NativeBackend(openingAt: golden.index.path).statistics()
      #expect(statistics.segmentCount > 1)
      #expect(golden == .small || statistics.distinctWordCount > 50_000)
      #expect(statistics.byteCount < 4 << 20)
    }
  }

  @Test("Renewing", .enabled(if: renewal != nil), arguments: GoldenIndex.allCases)
  func renew(golden: GoldenIndex) async throws {
    try? FileManager.default.removeItem(at: golden.index)
    try FileManager.default.createDirectory(at: golden.folder, withIntermediateDirectories: true)
    try await golden.build(at: golden.index.path)
    if Self.renewal == "answers" {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let answers = try await golden.answers(of: try NativeBackend(openingAt: golden.index.path))
      try (encoder.encode(answers) + Data("\n".utf8)).write(to: golden.answersFile)
    }
    try await expectAnswers(golden, at: golden.index.path)
  }
}
