/// A set of article numbers, 1 to N, as a bitmap.
struct RowSet {
  private var words: [UInt64]
  private let articleCount: Int

  /// The empty set.
  init(articleCount: Int64) {
    self.articleCount = Int(articleCount)
    words = Array(repeating: 0, count: Int(articleCount) / 64 + 1)
  }

  /// All articles.
  static func all(articleCount: Int64) -> RowSet { RowSet(articleCount: articleCount).complement }

  /// Adds an article; a number that no article has is passed over: it can only come from a damaged file.
  mutating func insert(_ number: Int64) {
    guard number >= 1, number <= articleCount else { return }
    words[Int(number) / 64] |= 1 << UInt64(number % 64)
  }

  func contains(_ number: Int64) -> Bool {
    number >= 1 && number <= articleCount && words[Int(number) / 64] & (1 << UInt64(number % 64)) != 0
  }

  mutating func formIntersection(_ other: RowSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func formUnion(_ other: RowSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  var complement: RowSet {
    var result = self
    for index in words.indices { result.words[index] = ~words[index] }
    // Number 0 and the numbers above N are no articles.
    result.words[0] &= ~1
    let used = (articleCount + 1) % 64
    if used != 0 { result.words[words.count - 1] &= (1 << UInt64(used)) - 1 }
    return result
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The numbers in ascending order.
  func forEach(_ body: (Int64) throws -> Void) rethrows {
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        try body(Int64(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
  }
}
