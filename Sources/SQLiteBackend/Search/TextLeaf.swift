import QueryLanguage

/// A word or phrase of a query, as FTS5 and the score see it.
struct TextLeaf {
  let words: [String]
  let field: TextField?

  /// Nil where nothing can match: no words, an empty word, or one with a NUL, which no analyzer makes and FTS5 cannot be asked
  /// for.
  init?(_ query: Query) {
    switch query {
    case .term(let term): (words, field) = ([term.text], term.field)
    case .phrase(let phrase): (words, field) = (phrase.terms, phrase.field)
    default: return nil
    }
    guard !words.isEmpty, words.allSatisfy({ !$0.isEmpty && !$0.utf8.contains(0) }) else { return nil }
  }

  /// The leaf in FTS5's query syntax: `"oil" + "prices"`, `title : "oil"`. A word is always a quoted string, so that nothing in
  /// it is syntax.
  var expression: String {
    let phrase = words.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: " + ")
    return field.map { "\($0.rawValue) : \(phrase)" } ?? phrase
  }
}
