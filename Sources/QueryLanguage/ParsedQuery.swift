/// How to read query text.
public struct QueryOptions: Hashable, Sendable {
  /// Whether words that stand side by side are joined by OR; otherwise by AND.
  public var joinsWithOr: Bool

  /// Makes options; words side by side must all occur.
  public init(joinsWithOr: Bool = false) { self.joinsWithOr = joinsWithOr }
}

/// Query text as it was understood.
public struct ParsedQuery: Hashable, Sendable {
  /// What the text means.
  public var query: Query
  /// What was repaired, left out or read in a way the person may not have meant, in the order of the text.
  public var notes: [QueryNote]

  /// Makes a parsed query.
  public init(query: Query, notes: [QueryNote] = []) {
    self.query = query
    self.notes = notes
  }
}

/// One remark on how query text was read.
public struct QueryNote: Hashable, Sendable, CustomStringConvertible {
  /// The place in the query text: offsets into its UTF-8.
  public var place: Range<Int>
  /// The remark, a short sentence without a full stop.
  public var message: String

  /// Makes a note.
  public init(place: Range<Int>, message: String) {
    self.place = place
    self.message = message
  }

  /// The remark with its place, counted from 1.
  public var description: String { "\(message) (at \(place.lowerBound + 1))" }
}
