import ReferenceBackend
import SearchAPI
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test("Counts and dates are those of the articles", arguments: BackendFactory.all)
  func counts(factory: BackendFactory) async throws {
    let generator = ArchiveGenerator(seed: 21, articleCount: 200)
    let oracle = ReferenceBackend()
    try await oracle.addAll(generator.articles)
    try await factory.withIndex(of: generator.articles) { backend async throws in
      let (found, expected) = (try await backend.statistics(), try await oracle.statistics())
      #expect(found.articleCount == expected.articleCount)
      #expect(found.wordCount == expected.wordCount)
      #expect(found.dates == expected.dates)
      #expect(found.storesText)
      #expect(found.segmentCount >= 1)
      #expect(
        found.segmentCount == 1
          ? found.distinctWordCount == expected.distinctWordCount : found.distinctWordCount >= expected.distinctWordCount)
      #expect(found.partSizes.allSatisfy { $0.byteCount >= 0 && !$0.name.isEmpty })
    }
  }
}
