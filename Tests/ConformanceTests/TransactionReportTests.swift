import SearchAPI
import Testing

@testable import NativeBackend

@Suite("What a transaction wrote")
struct TransactionReportTests {
  private func articles(_ count: Int) -> [Article] {
    (0..<count).map {
      Article(id: "a\($0)", title: "Article \($0)", body: String(repeating: "words of article \($0) ", count: 40))
    }
  }

  @Test("Segments and merges are counted, and what merging cost")
  func merges() async throws {
    try await withTemporaryFolder { folder async throws in
      var options = NativeOptions()
      options.threadCount = 1
      options.segmentByteCount = 64 << 10
      let backend = try NativeBackend(creatingAt: folder + "/index", options)
      #expect(backend.lastTransaction == nil)
      let articles = articles(240)
      try await backend.write { _ = try await $0.add(contentsOf: articles) }
      let report = try #require(backend.lastTransaction)
      #expect(report.segmentCount >= 8 && report.mergeCount >= 1, "\(report)")
      #expect(report.mergedByteCount > 0 && report.writeAmplification > 1, "\(report)")
      // The smallest tier holds all of them: each is merged once for every seven that follow.
      #expect(report.writeAmplification < 1 + Double(report.mergeCount), "\(report)")
      try await backend.write { _ = try await $0.add(contentsOf: self.articles(240)) }
      let nothing = try #require(backend.lastTransaction)
      #expect(nothing.segmentCount == 0 && nothing.mergeCount == 0 && nothing.writeAmplification == 1)
    }
  }
}
