/// A parsed query: which articles match, and which parts of it add to their score.
///
/// A query is a Boolean algebra over leaves. Its meaning is the same on every backend:
///
/// | node | matches | adds to the score |
/// |---|---|---|
/// | `term`, `phrase` | articles that contain it | its BM25 contribution |
/// | `keyword`, `date` | articles whose column agrees | 0 |
/// | `and`, `or` | all / any of the parts | the sum over the parts that match |
/// | `required` | what its first part matches | the first part and every optional part that matches |
/// | `not` | the other articles | 0, whatever stands below it |
/// | `boosted` | what its part matches | the part's score times the weight |
/// | `everything`, `nothing` | all / no articles | 0 |
///
/// Terms are stored as the analyzer gives them (case and accents folded): a query compares equal to another exactly when both
/// mean the same words.
public indirect enum Query: Hashable, Sendable {
  /// Every article, with score 0.
  case everything
  /// No article.
  case nothing
  /// Articles that contain a word.
  case term(Term)
  /// Articles that contain words side by side.
  case phrase(Phrase)
  /// Articles whose keyword column holds exactly this value.
  case keyword(Keyword)
  /// Articles whose date overlaps the range; undated articles never match.
  case date(DateRange)
  /// Articles that every part matches. An empty list matches every article.
  case and([Query])
  /// Articles that at least one part matches. An empty list matches none.
  case or([Query])
  /// Articles that the part does not match.
  case not(Query)
  /// Articles that the first part matches; the optional parts only add to the score.
  case required(Query, optional: [Query])
  /// The part with its score multiplied by a weight that is finite and not negative.
  case boosted(Query, by: Double)

  /// One analyzed word, in one text field or in any.
  public struct Term: Hashable, Sendable {
    /// The word with case and accents folded, as the index holds it.
    public var text: String
    /// The field the word must stand in, or nil for any.
    public var field: TextField?

    /// Makes a term from an analyzed word.
    public init(_ text: String, in field: TextField? = nil) {
      self.text = text
      self.field = field
    }
  }

  /// Analyzed words that stand side by side in one field, in this order. Two or more words.
  public struct Phrase: Hashable, Sendable {
    /// The words, with case and accents folded.
    public var terms: [String]
    /// The field the phrase must stand in, or nil for any.
    public var field: TextField?

    /// Makes a phrase from analyzed words.
    public init(_ terms: [String], in field: TextField? = nil) {
      self.terms = terms
      self.field = field
    }
  }

  /// A keyword column and the value it must hold.
  public struct Keyword: Hashable, Sendable {
    /// The column.
    public var field: KeywordField
    /// The value in its compared form: its analyzed words, joined by single spaces.
    public var value: String

    /// Makes a condition on a value in its compared form.
    public init(_ field: KeywordField, _ value: String) {
      self.field = field
      self.value = value
    }
  }
}

extension Query {
  /// The deepest nesting a query may have; the parser and every backend refuse deeper ones.
  public static let maximumDepth = 64

  /// The nesting of the query: 1 for a leaf.
  ///
  /// Complexity: O(number of nodes).
  public var depth: Int {
    switch self {
    case .everything, .nothing, .term, .phrase, .keyword, .date: 1
    case .and(let parts), .or(let parts): 1 + (parts.map(\.depth).max() ?? 0)
    case .not(let part), .boosted(let part, _): 1 + part.depth
    case .required(let part, let optional): 1 + max(part.depth, optional.map(\.depth).max() ?? 0)
    }
  }
}
