import QueryLanguage
import SearchAPI

/// One query measured on both backends.
struct QueryMeasurement: Sendable {
  let kind: QueryKind
  /// The best time of each backend.
  private(set) var times: [Duration] = []
  /// The number of matching articles by each backend.
  private(set) var matchCounts: [Int?] = []
  /// The ids of the best hits by each backend.
  private(set) var hits: [[String]] = []

  /// Measures a query: one search per backend and round, the backends in turn and each round the other first, and the best time
  /// of each.
  init(_ query: BenchmarkQuery, on backends: [any SearchBackend], rounds: Int, limit: Int) async throws {
    let options = QueryOptions(joinsWithOr: query.joinsWithOr)
    let parsed = backends.map { $0.parse(query.text, options).query }
    kind = QueryKind(of: parsed[0])
    for (backend, query) in zip(backends, parsed) {
      // Counting first also brings the index into memory, so that no backend pays for the disk in the first round.
      matchCounts.append(try await backend.search(SearchRequest(query, limit: 0, countsMatches: true)).matchCount)
      hits.append(try await backend.search(SearchRequest(query, limit: limit)).hits.map(\.id))
    }
    times = backends.map { _ in .seconds(1_000_000) }
    for round in 0..<rounds {
      for step in backends.indices {
        let index = (step + round) % backends.count
        let start = ContinuousClock.now
        _ = try await backends[index].search(SearchRequest(parsed[index], limit: limit))
        times[index] = min(times[index], ContinuousClock.now - start)
      }
    }
  }

  /// Whether all backends found equally many articles.
  var hasEqualCounts: Bool { Set(matchCounts).count == 1 }

  /// The share of best hits that the first two backends have in common; 1 where neither has any.
  var overlap: Double {
    let (first, second) = (Set(hits[0]), Set(hits[1]))
    let size = max(first.count, second.count)
    return size == 0 ? 1 : Double(first.intersection(second).count) / Double(size)
  }
}

/// The percentiles of some times.
struct Percentiles {
  private let sorted: [Duration]

  /// Takes one or more times.
  init(_ times: [Duration]) { sorted = times.sorted() }

  /// The nearest-rank percentile: the smallest time that at least this share of all times does not exceed.
  subscript(_ share: Double) -> Duration {
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
