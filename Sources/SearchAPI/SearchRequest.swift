import QueryLanguage

/// What to look for, how many hits to give back, and in which order.
public struct SearchRequest: Sendable {
  /// The query. Conditions beside it, such as a date range, are joined to it with `and`.
  public var query: Query
  /// The number of best hits to give back.
  public var limit: Int
  /// The number of best hits to pass over first.
  public var offset: Int
  /// The order of hits.
  public var order: ResultOrder
  /// The parameters of the score.
  public var scoring: BM25Parameters
  /// Whether to count all matching articles exactly.
  public var countsMatches: Bool
  /// How long a passage to show for each hit, in characters at most; nil for none, which saves reading the stored text.
  public var passageLength: Int?

  /// Makes a request; hits come by relevance, and only counts and passages that are asked for are computed.
  public init(
    _ query: Query, limit: Int = 10, offset: Int = 0, order: ResultOrder = .relevance,
    scoring: BM25Parameters = BM25Parameters(), countsMatches: Bool = false, passageLength: Int? = nil
  ) {
    self.query = query
    self.limit = limit
    self.offset = offset
    self.order = order
    self.scoring = scoring
    self.countsMatches = countsMatches
    self.passageLength = passageLength
  }
}

/// The order of hits. Ties in every order are broken by date, newest first and undated last, and then by id, in ascending order
/// of its UTF-8 bytes.
public enum ResultOrder: String, CaseIterable, Hashable, Sendable {
  /// Highest score first.
  case relevance
  /// Latest date first, undated articles last.
  case newest
  /// Earliest date first, undated articles last.
  case oldest
}

/// The parameters of BM25 and of BM25F in its simple form.
///
/// A word's contribution is `idf · tf / (tf + k1 · (1 - b + b · length / averageLength))` with `idf = ln(1 + (N - df + 0.5) /
/// (df + 0.5))`; tf and length are sums over the text fields of weight · count. There is no factor `k1 + 1`. Sources: Robertson
/// & Zaragoza 2009; Robertson, Zaragoza & Taylor 2004.
public struct BM25Parameters: Hashable, Sendable {
  /// How soon further occurrences stop counting; 0 or more.
  public var k1: Double
  /// How much long articles are marked down, 0...1.
  public var b: Double
  /// The weight of an occurrence by text field, finite and not negative; 1 where absent.
  public var fieldWeights: [TextField: Double]

  /// Makes parameters; the defaults are exactly BM25 over the whole article.
  public init(k1: Double = 1.2, b: Double = 0.75, fieldWeights: [TextField: Double] = [:]) {
    self.k1 = k1
    self.b = b
    self.fieldWeights = fieldWeights
  }

  /// The weight of an occurrence in a field.
  public func weight(of field: TextField) -> Double { fieldWeights[field] ?? 1 }
}
