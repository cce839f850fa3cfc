/// How large a query may be. Text past a limit is not searched in part: its query is ``Query/nothing``, and a note says which
/// limit it was.
public struct QueryLimits: Hashable, Sendable {
  /// The most bytes of UTF-8 that query text may have.
  public var textByteCount: Int
  /// The deepest nesting: of brackets, prefixes and fields in the text, and of the query that comes out. Never more than
  /// ``Query/maximumDepth``.
  public var depth: Int {
    didSet { depth = min(depth, Query.maximumDepth) }
  }
  /// The most clauses: words (those inside phrases too), keyword values and dates.
  public var clauseCount: Int

  /// Makes limits; a depth above ``Query/maximumDepth`` is taken as that.
  public init(textByteCount: Int = 65_536, depth: Int = Query.maximumDepth, clauseCount: Int = 1_024) {
    self.textByteCount = textByteCount
    self.depth = min(depth, Query.maximumDepth)
    self.clauseCount = clauseCount
  }
}

/// Ends the reading of a query that exceeds one of its limits.
struct QueryLimitExceeded: Error {
  /// Which limit, where it was passed, and what was done.
  let note: QueryNote
}

extension QueryLimits {
  func exceededTextByteCount(_ count: Int) -> QueryLimitExceeded {
    exceeded(0..<count, "has \(count) bytes, more than the \(textByteCount) allowed")
  }

  func exceededDepth(at place: Range<Int>) -> QueryLimitExceeded {
    exceeded(place, "is nested more than \(depth) levels deep")
  }

  func exceededClauseCount(at place: Range<Int>) -> QueryLimitExceeded {
    exceeded(place, "has more than \(clauseCount) words and conditions")
  }

  private func exceeded(_ place: Range<Int>, _ what: String) -> QueryLimitExceeded {
    QueryLimitExceeded(note: QueryNote(place: place, message: "the query \(what), so nothing was searched for"))
  }
}
