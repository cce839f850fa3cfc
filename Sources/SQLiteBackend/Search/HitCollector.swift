/// A matching article and its score.
struct ScoredRow {
  let number: Int64
  let score: Double
}

/// Keeps the best rows by score, ties in the order of ``ArticleOrder``, out of any number.
///
/// Rows gather in a buffer that is cut back to the best ones whenever it is full, so that a row costs a comparison in most
/// cases. The keys that break ties are looked up only for rows whose score is the last one that still counts.
struct HitCollector {
  private let capacity: Int
  private let order: ArticleOrder
  private var rows: [ScoredRow] = []
  private var threshold = -Double.infinity
  private let bufferLimit: Int

  /// A collector for the best `capacity` rows.
  init(capacity: Int, _ order: ArticleOrder) {
    self.capacity = capacity
    self.order = order
    bufferLimit = capacity > 1 << 30 ? .max : capacity * 2 + 1_024
  }

  mutating func add(_ row: ScoredRow) throws {
    guard row.score >= threshold, capacity > 0 else { return }
    rows.append(row)
    if rows.count >= bufferLimit { try cut() }
  }

  /// The best rows, in order.
  mutating func finish() throws -> [ScoredRow] {
    rows.sort { $0.score > $1.score }
    // Only ties among the first rows matter.
    var start = 0
    while start < min(rows.count, capacity) {
      var end = start + 1
      while end < rows.count, rows[end].score == rows[start].score { end += 1 }
      if end - start > 1 { try sortTies(start..<end) }
      start = end
    }
    return Array(rows.prefix(capacity))
  }

  private mutating func cut() throws {
    rows.sort { $0.score > $1.score }
    threshold = rows[capacity - 1].score
    var end = capacity
    while end < rows.count, rows[end].score == threshold { end += 1 }
    rows.removeSubrange(end...)
    guard end >= bufferLimit / 2 + 512, let start = rows.firstIndex(where: { $0.score == threshold }) else { return }
    try sortTies(start..<end)
    rows.removeSubrange(capacity...)
  }

  private mutating func sortTies(_ range: Range<Int>) throws {
    var keyed = try rows[range].map { (row: $0, key: try order.key(of: $0.number)) }
    keyed.sort { $0.key.precedes($1.key, oldestFirst: false) }
    rows.replaceSubrange(range, with: keyed.map(\.row))
  }
}
