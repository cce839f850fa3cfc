import QueryLanguage
import SearchAPI
import Testing

@Suite("Changes that must not change an answer")
struct MetamorphicTests {
  private static let seeds: [UInt64] = Array(1...(Extent.isLong ? 25 : 2))
  private static let queriesPerSeed = Extent.isLong ? 200 : 25

  /// How an archive comes into an index.
  private enum Way: CaseIterable {
    case shuffled, inSevenCommits, inTwentyCommits, withDetours

    /// Adds articles; the index then holds exactly them.
    func add(_ articles: [Article], to backend: any SearchBackend, _ random: inout SeededGenerator) async throws {
      switch self {
      case .shuffled: try await backend.addAll(articles.shuffled(using: &random))
      // Seven segments in the native backend: one less than are merged.
      case .inSevenCommits: try await add(articles, in: 7, to: backend)
      // Merged once and again.
      case .inTwentyCommits: try await add(articles, in: 20, to: backend)
      case .withDetours:
        // Within one transaction nothing of what is replaced or deleted again is ever written.
        let order = articles.shuffled(using: &random)
        try await backend.write { writer in
          for article in order {
            var other = article
            other.title += " w1"
            _ = try await writer.add(other)
            _ = try await writer.delete(id: article.id)
            _ = try await writer.add(other)
            _ = try await writer.add(article)
          }
        }
      }
    }

    private func add(_ articles: [Article], in count: Int, to backend: any SearchBackend) async throws {
      let size = max((articles.count + count - 1) / count, 1)
      for start in stride(from: 0, to: articles.count, by: size) {
        try await backend.addAll(Array(articles[start..<min(start + size, articles.count)]))
      }
    }
  }

  @Test(
    "Neither the order of input, nor the number of segments, nor merging, nor the order of a query's parts changes an answer",
    arguments: BackendFactory.judged, seeds)
  func sameAnswers(factory: BackendFactory, seed: UInt64) async throws {
    var generator = ArchiveGenerator(seed: seed &+ 500, articleCount: Extent.isLong ? 200 : 60)
    var random = SeededGenerator(seed: seed)
    let requests = (0..<Self.queriesPerSeed).map { _ in generator.request() }
    try await factory.withIndex(of: generator.articles) { plain async throws in
      var answers: [SearchResponse] = []
      var mismatches = 0
      for (number, request) in requests.enumerated() {
        let answer = try await plain.search(request)
        answers.append(answer)
        var turned = request
        turned.query = request.query.turned(using: &random)
        if let difference = difference(try await plain.search(turned), answer) {
          mismatches += 1
          Issue.record("seed \(seed), query \(number) with its parts turned: \(difference)\n\(request.query)\n\(turned.query)")
        }
      }
      for way in Way.allCases {
        try await factory.withIndex { other async throws in
          var order = random
          try await way.add(generator.articles, to: other, &order)
          for (number, request) in requests.enumerated() {
            guard let difference = difference(try await other.search(request), answers[number]) else { continue }
            mismatches += 1
            Issue.record("seed \(seed), query \(number), \(way): \(difference)\n\(request)")
          }
        }
      }
      print("metamorphic, \(factory.name), seed \(seed): \(requests.count) queries in 6 ways, \(mismatches) mismatches")
    }
  }
}

extension Query {
  /// The same query with the parts of each node in another order.
  fileprivate func turned(using random: inout SeededGenerator) -> Query {
    func turned(_ parts: [Query], _ random: inout SeededGenerator) -> [Query] {
      parts.map { $0.turned(using: &random) }.shuffled(using: &random)
    }
    switch self {
    case .and(let parts): return .and(turned(parts, &random))
    case .or(let parts): return .or(turned(parts, &random))
    case .not(let part): return .not(part.turned(using: &random))
    case .required(let required, let optional):
      return .required(required.turned(using: &random), optional: turned(optional, &random))
    case .boosted(let part, let factor): return .boosted(part.turned(using: &random), by: factor)
    default: return self
    }
  }
}
