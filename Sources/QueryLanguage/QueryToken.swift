/// One token of query text.
struct QueryToken: Hashable, Sendable {
  /// What a token is.
  enum Kind: Hashable, Sendable {
    /// A word, or several grown together as in `AT&T`.
    case word
    /// Text between quotation marks.
    case phrase
    /// A `*` by itself.
    case star
    case open
    case close
    case and
    case or
    case not
    case plus
    case minus
    /// A field's name and its colon.
    case field(QueryField)
    /// `^2`.
    case weight(Double)
    /// `NEAR/5` and the like, between two operands.
    case proximity
    /// `ATLEAST/5`, `CAPS` and the like, before a bracket.
    case function
  }

  /// What the token is.
  var kind: Kind
  /// Where it stands.
  var place: Range<Int>
  /// The part of it that is searched for: a phrase without its quotation marks, a field's name without its colon.
  var content: Range<Int>

  init(_ kind: Kind, _ place: Range<Int>, content: Range<Int>? = nil) {
    self.kind = kind
    self.place = place
    self.content = content ?? place
  }

  /// Whether it stands between two operands.
  var joins: Bool {
    switch kind {
    case .and, .or, .proximity: true
    default: false
    }
  }

  /// Whether it stands before an operand.
  var isPrefix: Bool {
    switch kind {
    case .not, .plus, .minus, .field, .function: true
    default: false
    }
  }

  /// Whether an operand may end with it.
  var endsOperand: Bool {
    switch kind {
    case .word, .phrase, .star, .close, .weight: true
    default: false
    }
  }
}

/// A field as query text names it.
enum QueryField: Hashable, Sendable {
  case text(TextField)
  case keyword(KeywordField)
  case date

  /// The field of this name, in whatever letter case.
  init?(name: String) {
    let name = name.lowercased()
    if let field = TextField(rawValue: name) {
      self = .text(field)
    } else if let field = KeywordField(rawValue: name) {
      self = .keyword(field)
    } else if name == "date" {
      self = .date
    } else {
      return nil
    }
  }

  /// The names people may use, as a note lists them.
  static let names = (TextField.allCases.map(\.rawValue) + KeywordField.allCases.map(\.rawValue) + ["date"]).joined(
    separator: ", ")
}
