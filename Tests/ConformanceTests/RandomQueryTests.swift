import ReferenceBackend
import SearchAPI
import Testing

@Suite("Random queries on random archives")
struct RandomQueryTests {
  @Test("The same matches, order, scores and counts as the oracle", arguments: Extent.querySeeds)
  func agreesWithOracle(seed: UInt64) async throws {
    var generator = ArchiveGenerator(seed: seed, articleCount: Extent.articleCounts[Int(seed) % Extent.articleCounts.count])
    // Several transactions, so that engines with segments have several.
    let articles = generator.articles
    let quarter = articles.count / 4 + 1
    let batches = stride(from: 0, to: articles.count, by: quarter).map {
      Array(articles[$0..<min($0 + quarter, articles.count)])
    }
    let oracle = ReferenceBackend()
    for batch in batches { try await oracle.addAll(batch) }
    // The oracle is asked once for all backends: it takes most of the time.
    var expectations: [(request: SearchRequest, response: SearchResponse)] = []
    for _ in 0..<Extent.queryCount {
      let request = generator.request()
      expectations.append((request, try await oracle.search(request)))
    }
    for factory in BackendFactory.judged {
      try await factory.withIndex { backend async throws in
        for batch in batches { try await backend.addAll(batch) }
        var mismatches = 0
        for (number, (request, expected)) in expectations.enumerated() {
          guard let difference = difference(try await backend.search(request), expected) else { continue }
          mismatches += 1
          Issue.record("\(factory.name), seed \(seed), query \(number): \(difference)\n\(request)")
          // Others would say the same.
          if mismatches == 3 { break }
        }
        print("random queries, \(factory.name), seed \(seed): \(expectations.count) asked, \(mismatches) mismatches")
      }
    }
  }

  @Test("The native engine answers as FTS5 does", arguments: Extent.seeds)
  func nativeAgreesWithFTS5(seed: UInt64) async throws {
    var generator = ArchiveGenerator(seed: seed &+ 9_000, articleCount: 200)
    try await BackendFactory.native.withIndex(of: generator.articles) { native async throws in
      try await BackendFactory.sqlite.withIndex(of: generator.articles) { sqlite async throws in
        // 24 seeds make 5,040 in the long form.
        let queryCount = Extent.isLong ? 210 : 40
        var mismatches = 0
        for number in 0..<queryCount {
          let request = generator.request()
          let difference = difference(try await native.search(request), try await sqlite.search(request))
          #expect(difference == nil, "seed \(seed), query \(number): \(request)")
          if difference != nil { mismatches += 1 }
        }
        print("native against FTS5, seed \(seed): \(queryCount) queries compared, \(mismatches) mismatches")
      }
    }
  }
}
