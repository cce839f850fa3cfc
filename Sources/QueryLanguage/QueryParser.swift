/// Reads query text into a ``Query``. Lenient: any text parses, and the result says what was repaired.
///
/// The analyzer is handed in, so that a query's words are folded exactly as the index's were.
public struct QueryParser: Sendable {
  /// The words of a piece of text, as an index holds them, in order.
  public typealias Analyze = @Sendable (_ text: String) -> [String]

  let analyze: Analyze

  /// Makes a parser for an index whose words come from this analyzer.
  public init(analyze: @escaping Analyze) { self.analyze = analyze }

  /// Reads query text.
  ///
  /// Complexity: O(length of the text).
  public func parse(_ text: String, _ options: QueryOptions = QueryOptions()) -> ParsedQuery {
    let words = analyze(text).map { Query.term(Query.Term($0)) }
    return ParsedQuery(query: words.count == 1 ? words[0] : options.joinsWithOr ? .or(words) : .and(words))
  }
}
