import ReferenceBackend
import SearchAPI
import Testing

@Suite("Random queries on random archives")
struct RandomQueryTests {
  @Test("The same matches, order, scores and counts as the oracle", arguments: BackendFactory.judged, Extent.querySeeds)
  func agreesWithOracle(factory: BackendFactory, seed: UInt64) async throws {
    var generator = ArchiveGenerator(seed: seed, articleCount: Extent.articleCounts[Int(seed) % Extent.articleCounts.count])
    let oracle = ReferenceBackend()
    try await factory.withIndex { backend async throws in
      // Several transactions, so that engines with segments have several.
      let quarter = generator.articles.count / 4 + 1
      for start in stride(from: 0, to: generator.articles.count, by: quarter) {
        let batch = Array(generator.articles[start..<min(start + quarter, generator.articles.count)])
        try await oracle.addAll(batch)
        try await backend.addAll(batch)
      }
      for number in 0..<Extent.queryCount {
        let request = generator.request()
        let expected = try await oracle.search(request)
        let found = try await backend.search(request)
        let difference = difference(found, expected)
        guard difference == nil else {
          Issue.record("seed \(seed), query \(number): \(difference!)\n\(request)")
          return
        }
      }
      print("random queries, \(factory.name), seed \(seed): \(Extent.queryCount) equal to the oracle's, 0 mismatches")
    }
  }

  @Test("The native engine answers as FTS5 does", arguments: Extent.seeds)
  func nativeAgreesWithFTS5(seed: UInt64) async throws {
    var generator = ArchiveGenerator(seed: seed &+ 9_000, articleCount: 200)
    try await BackendFactory.native.withIndex(of: generator.articles) { native async throws in
      try await BackendFactory.sqlite.withIndex(of: generator.articles) { sqlite async throws in
        // 24 seeds make 5,040 in the long form.
        let queryCount = Extent.isLong ? 210 : 40
        for number in 0..<queryCount {
          let request = generator.request()
          let difference = difference(try await native.search(request), try await sqlite.search(request))
          #expect(difference == nil, "seed \(seed), query \(number): \(request)")
        }
        print("native against FTS5, seed \(seed): \(queryCount) queries compared")
      }
    }
  }
}
