/// Reads query text into a ``Query``. Lenient: any text parses, and the result says what was repaired.
///
/// The analyzer is handed in, so that a query's words are folded exactly as the index's were.
///
///     parser.parse("title:strike coal -steel").query.description → title:strike AND coal AND NOT steel
public struct QueryParser: Sendable {
  /// The words of a piece of text, as an index holds them, in order.
  public typealias Analyze = @Sendable (_ text: String) -> [String]

  let limits: QueryLimits
  let analyze: Analyze

  /// The most notes a result has; one more says how many were left out.
  static let maximumNoteCount = 100

  /// Makes a parser for an index whose words come from this analyzer.
  public init(limits: QueryLimits = QueryLimits(), analyze: @escaping Analyze) {
    self.limits = limits
    self.analyze = analyze
  }

  /// Reads query text.
  ///
  /// Text without a word to search for is ``Query/nothing``, and so is text past one of the limits: a note says which. The
  /// query of any other text is no deeper than ``Query/maximumDepth``, and the weights above each of its leaves multiply to at
  /// most ``Query/maximumWeight``.
  ///
  /// Complexity: O(length of the text), given an analyzer of which that is true.
  public func parse(_ text: String, _ options: QueryOptions = QueryOptions()) -> ParsedQuery {
    guard text.utf8.count <= limits.textByteCount else {
      return ParsedQuery(query: .nothing, notes: [limits.exceededTextByteCount(text.utf8.count).note])
    }
    let text = QueryText(text)
    let (tokens, lexerNotes) = QueryLexer.tokens(of: text)
    let (repaired, repairNotes) = QueryRepair.repaired(tokens, of: text)
    var grammar = QueryGrammar(repaired, of: text, joinsWithOr: options.joinsWithOr, limits: limits, analyze: analyze)
    do throws(QueryLimitExceeded) {
      let query = try grammar.query()
      return try checked(query, notes: lexerNotes + repairNotes + grammar.notes, of: text)
    } catch {
      return ParsedQuery(query: .nothing, notes: [error.note])
    }
  }

  /// The result of reading a text, once it is sure that backends can take it.
  private func checked(_ query: Query?, notes: [QueryNote], of text: QueryText) throws(QueryLimitExceeded) -> ParsedQuery {
    let whole = 0..<text.count
    guard let query else {
      let remark = QueryNote(place: whole, message: "there is no word to search for, so nothing matches")
      return ParsedQuery(query: .nothing, notes: sorted(notes) + [remark])
    }
    guard query.depth <= limits.depth else { throw limits.exceededDepth(at: whole) }
    guard query.hasModestWeights else {
      let message = "the nested weights multiply to more than \(Int(Query.maximumWeight)), so all weights were ignored"
      return ParsedQuery(query: query.withoutWeights, notes: sorted(notes + [QueryNote(place: whole, message: message)]))
    }
    return ParsedQuery(query: query, notes: sorted(notes))
  }

  /// The notes in the order of the text, no more of them than anyone would read.
  private func sorted(_ notes: [QueryNote]) -> [QueryNote] {
    let notes = notes.sorted { ($0.place.lowerBound, $0.place.upperBound) < ($1.place.lowerBound, $1.place.upperBound) }
    let leftOut = notes.count - Self.maximumNoteCount
    guard leftOut > 0 else { return notes }
    let shown = notes.prefix(Self.maximumNoteCount)
    return shown + [QueryNote(place: notes[shown.count].place, message: "\(leftOut) more remarks were left out")]
  }
}
