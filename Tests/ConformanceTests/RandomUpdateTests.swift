import ReferenceBackend
import SearchAPI
import Testing

@Suite("Random changes to random archives")
struct RandomUpdateTests {
  private static let backends = BackendFactory.judged

  @Test("After any additions, replacements and deletions the answers are the oracle's", arguments: Self.backends, Extent.seeds)
  func agreesWithOracle(factory: BackendFactory, seed: UInt64) async throws {
    // Every other seed without stored text, where other code finds the words of what goes.
    let storesText = seed.isMultiple(of: 2)
    let oracle = ReferenceBackend(storesText: storesText)
    var random = SeededGenerator(seed: seed &+ 1_000)
    var generator = ArchiveGenerator(seed: seed, articleCount: Extent.articleCounts[Int(seed) % Extent.articleCounts.count] + 20)
    try await factory.withIndex(storesText: storesText) { backend async throws in
      var hasForgotten = false
      for transaction in 0..<(Extent.isLong ? 20 : 8) {
        let changes = changes(from: &generator, &random)
        // A few transactions are given up at their end.
        let isGivenUp = random.happens(0.2)
        var results: [[String]] = []
        for index in [backend, oracle] {
          results.append(try await self.results(of: changes, on: index, givingUp: isGivenUp))
        }
        if results[0] != results[1] {
          let place = results[0].indices.first { results[0][$0] != results[1][$0] } ?? 0
          Issue.record(
            "seed \(seed), transaction \(transaction): \(changes[place]) is \(results[0][place]), not \(results[1][place])")
          return
        }
        if !isGivenUp, results[0].contains(where: { !["added", "unchanged", "false", "0"].contains($0) }) { hasForgotten = true }
        let isExact = factory.forgetsAtOnce || !hasForgotten
        try await compare(
          backend, oracle, &generator, isExact: isExact, storesText: storesText, "seed \(seed), transaction \(transaction)")
      }
    }
  }

  // MARK: - Changes

  private enum Change {
    case add(Article)
    case deleteID(String)
    case deleteMatching(Query)
    case deleteWhere(remainder: UInt8, divisor: UInt8)

    /// Makes the change; the result is its outcome as text, so that results of all changes can be compared.
    func apply(to writer: any ArticleWriter) async throws -> String {
      switch self {
      case .add(let article): return "\(try await writer.add(article))"
      case .deleteID(let id): return "\(try await writer.delete(id: id))"
      case .deleteMatching(let query): return "\(try await writer.delete(matching: query))"
      case .deleteWhere(let remainder, let divisor):
        return "\(try await writer.delete { id in id.utf8.reduce(0, &+) % divisor == remainder })"
      }
    }
  }

  private func changes(from generator: inout ArchiveGenerator, _ random: inout SeededGenerator) -> [Change] {
    (0..<Int.random(in: 1...60, using: &random)).map { _ in
      let article = generator.articles.randomElement(using: &random)!
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<55: return .add(article)
      case 55..<75:
        // The content of one article under the id of another.
        var moved = article
        moved.id = generator.articles.randomElement(using: &random)!.id
        return .add(moved)
      case 75..<95: return .deleteID(article.id)
      case 95..<98:
        // Most random queries match much; with a word of a headline they leave something.
        return .deleteMatching(.and([generator.request().query, .word("w\(Int.random(in: 3...9, using: &random))", in: .title)]))
      case 98: return .deleteMatching(generator.request().query)
      default: return .deleteWhere(remainder: UInt8.random(in: 0..<5, using: &random), divisor: 5)
      }
    }
  }

  /// Thrown at the end of a transaction that is given up.
  private struct GivenUp: Error { let results: [String] }

  /// Makes changes in one transaction; where it is given up, the results are there all the same.
  private func results(of changes: [Change], on backend: any SearchBackend, givingUp isGivenUp: Bool) async throws -> [String] {
    do {
      return try await backend.write { writer async throws in
        var results: [String] = []
        for change in changes { results.append(try await change.apply(to: writer)) }
        if isGivenUp { throw GivenUp(results: results) }
        return results
      }
    } catch let error as GivenUp { return error.results }
  }

  // MARK: - Comparison

  private func compare(
    _ backend: any SearchBackend, _ oracle: ReferenceBackend, _ generator: inout ArchiveGenerator, isExact: Bool,
    storesText: Bool,
    _ place: String
  ) async throws {
    for _ in 0..<Extent.queryCount / 4 {
      var request = generator.request()
      if !storesText { request.passageLength = nil }
      // Scores that count what is gone may put hits into another order; then all of them are compared, sorted.
      let comparesOrder = isExact || request.order != .relevance
      if !comparesOrder { (request.limit, request.offset) = (10_000, 0) }
      var (found, expected) = (try await backend.search(request), try await oracle.search(request))
      if !comparesOrder {
        found.hits.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        expected.hits.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
      }
      if let difference = difference(found, expected, comparesScores: isExact) {
        Issue.record("\(place): \(difference)\n\(request)")
        return
      }
    }
    let (found, expected) = (try await backend.statistics(), try await oracle.statistics())
    #expect(found.articleCount == expected.articleCount, "\(place)")
    #expect(found.dates == expected.dates, "\(place)")
    if isExact {
      #expect(found.wordCount == expected.wordCount, "\(place)")
      if found.segmentCount == 1 { #expect(found.distinctWordCount == expected.distinctWordCount, "\(place)") }
    }
    for article in generator.articles.prefix(40) {
      #expect(try await backend.article(id: article.id) == (try await oracle.article(id: article.id)), "\(place)")
    }
    #expect(try await backend.verify().problems.isEmpty, "\(place)")
  }
}
