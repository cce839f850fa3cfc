/// Makes a token list follow the grammar, so that the reader that comes after has no errors to handle.
///
/// Afterwards brackets are balanced, a joining operator has an operand on both sides, a prefix has one after it, a weight one
/// before it. What has nothing to work on is dropped with a note.
struct QueryRepair {
  private let text: QueryText
  private var kept: [QueryToken] = []
  private var openBrackets: [Range<Int>] = []
  private var notes: [QueryNote] = []

  private init(_ text: QueryText) { self.text = text }

  /// The tokens that make sense, and what was done about the others.
  static func repaired(_ tokens: [QueryToken], of text: QueryText) -> (tokens: [QueryToken], notes: [QueryNote]) {
    var repair = QueryRepair(text)
    for token in tokens { repair.append(token) }
    repair.dropDangling()
    for bracket in repair.openBrackets {
      repair.note(bracket, "this bracket is never closed; its group ends with the text")
      repair.kept.append(QueryToken(.close, text.count..<text.count))
    }
    return (repair.kept, repair.notes)
  }

  private mutating func note(_ place: Range<Int>, _ message: String) { notes.append(QueryNote(place: place, message: message)) }

  private mutating func append(_ token: QueryToken) {
    let followsOperand = kept.last?.endsOperand ?? false
    switch token.kind {
    case .open:
      openBrackets.append(token.place)
    case .close:
      guard openBrackets.popLast() != nil else { return note(token.place, "this bracket closes nothing and was ignored") }
      dropDangling()
    case .and, .or, .proximity:
      guard followsOperand else { return noteDangling(token, "before") }
    case .weight:
      guard followsOperand else {
        return note(token.place, "the weight \(text.quoted(token.place)) has nothing before it and was ignored")
      }
      if case .weight = kept.last?.kind {
        return note(token.place, "a second weight, \(text.quoted(token.place)), was ignored")
      }
    case .word, .phrase, .star, .not, .plus, .minus, .field, .function:
      break
    }
    kept.append(token)
  }

  /// Drops the operators and prefixes at the end of what is kept: nothing follows them.
  private mutating func dropDangling() {
    while let token = kept.last, token.joins || token.isPrefix {
      kept.removeLast()
      if case .field = token.kind {
        note(token.place, "nothing follows the field \(text.quoted(token.place)), so it was read as a word")
        kept.append(QueryToken(.word, token.place, content: token.content))
      } else {
        noteDangling(token, "after")
      }
    }
  }

  private mutating func noteDangling(_ token: QueryToken, _ side: String) {
    let operatorText = text.quoted(token.place)
    let isWord = text.isLetter(text[token.place.lowerBound])
    note(
      token.place,
      "\(operatorText) has nothing \(side) it and was ignored\(isWord ? "; in lower case it is an ordinary word" : "")")
  }
}
