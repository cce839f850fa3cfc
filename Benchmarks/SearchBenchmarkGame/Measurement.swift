import TextRetrieval

/// How long one query took under one command, and what it found.
struct Measurement: Encodable {
  let qid: String
  let cls: String
  let type: String
  let q: String
  let min_us: Double
  let med_us: Double
  let count: Int?
  let hits: [Hit]

  /// The id and score of a hit, written as a pair.
  struct Hit: Encodable {
    let id: String
    let score: Double

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(id)
      try container.encode(score)
    }
  }

  /// - Parameter times: microseconds, at least one.
  init(_ query: MeasuredQuery, times: [Double], count: Int?, hits: [Hit]) {
    qid = query.id
    cls = query.group
    type = query.type
    q = query.words
    let sorted = times.sorted()
    min_us = sorted[0]
    med_us = sorted[sorted.count / 2]
    self.count = count
    self.hits = hits
  }

  /// Times the queries: the whole list in one shuffled order, again and again, so that no query runs twice in a row.
  static func measure(
    _ queries: [MeasuredQuery], _ command: GameCommand, on index: GameIndex, iterations: Int, warmup: Duration
  ) throws -> [Measurement] {
    var random = SplitMix(state: 2)
    let order = queries.indices.shuffled(using: &random)
    let end = ContinuousClock.now + warmup
    warming: while true {
      for query in order {
        _ = try index.run(command, queries[query].query)
        if ContinuousClock.now > end { break warming }
      }
      if queries.isEmpty { break }
    }
    var times = [[Double]](repeating: [], count: queries.count)
    for _ in 0..<iterations {
      for query in order {
        let start = ContinuousClock.now
        _ = try index.run(command, queries[query].query)
        times[query].append((ContinuousClock.now - start) / .microseconds(1))
      }
    }
    var measurements: [Measurement] = []
    for (query, times) in zip(queries, times) {
      let found = try index.run(command, query.query)
      let hits = try found.documents.map { Hit(id: try index.id($0), score: $0.score) }
      measurements.append(
        Measurement(query, times: times, count: command.counts ? found.matchCount : nil, hits: hits))
    }
    return measurements
  }

  /// Prints percentiles and the mean of the best times by type.
  static func printSummary(of measurements: [Measurement], command: String) {
    var line = "\(command):"
    for type in ["term", "or", "and", "phrase", "bool"] {
      let times = measurements.filter { $0.type == type }.map(\.min_us).sorted()
      guard !times.isEmpty else { continue }
      func percentile(_ share: Double) -> Int { Int(times[Int((share * Double(times.count - 1)).rounded())]) }
      let mean = times.reduce(0, +) / Double(times.count)
      line += "  \(type) n=\(times.count) p50 \(percentile(0.5)) p95 \(percentile(0.95)) p99 \(percentile(0.99))"
      line += " mean \(Int(mean))"
    }
    print(line)
  }
}

extension GameCommand {
  /// Whether the number of matches is asked for.
  var counts: Bool {
    switch self {
    case .count: true
    case .top(_, let counts): counts
    }
  }
}

/// A small generator with a fixed seed, so that every run has the same order (Steele, Lea & Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
