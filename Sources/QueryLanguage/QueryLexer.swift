/// Query text to tokens. Never fails; each byte is looked at a fixed number of times.
///
/// Brackets, signs, weights and operators come out wherever they stand; ``QueryRepair`` then drops those that have nothing to
/// work on.
struct QueryLexer {
  private let text: QueryText
  private var position = 0
  private var tokens: [QueryToken] = []
  private var notes: [QueryNote] = []

  private init(_ text: QueryText) { self.text = text }

  /// The tokens of a text, and what was remarkable about them.
  static func tokens(of text: QueryText) -> (tokens: [QueryToken], notes: [QueryNote]) {
    var lexer = QueryLexer(text)
    while lexer.position < text.count {
      let space = text.spaceWidth(at: lexer.position)
      if space > 0 { lexer.position += space } else { lexer.scanToken() }
    }
    return (lexer.tokens, lexer.notes)
  }

  private mutating func scanToken() {
    if text.quotationMarkWidth(at: position) > 0 { return scanPhrase() }
    switch text[position] {
    case UInt8(ascii: "("): append(.open, width: 1)
    case UInt8(ascii: ")"): append(.close, width: 1)
    case UInt8(ascii: "|"): append(.or, width: position + 1 < text.count && text[position + 1] == UInt8(ascii: "|") ? 2 : 1)
    case UInt8(ascii: "^"): scanWeight()
    case UInt8(ascii: "+"), UInt8(ascii: "-"): if touchesOperand { scanWord() } else { scanSign() }
    case UInt8(ascii: "~"): if touchesOperand, tokens.last?.kind == .phrase { scanPhraseDistance() } else { scanWord() }
    default: scanWord()
    }
  }

  /// Whether the last token is an operand with no space after it, as before the hyphen of `"rail"-strike`.
  private var touchesOperand: Bool { tokens.last.map { $0.endsOperand && $0.place.upperBound == position } ?? false }

  private mutating func append(_ kind: QueryToken.Kind, width: Int) {
    tokens.append(QueryToken(kind, position..<position + width))
    position += width
  }

  private mutating func note(_ place: Range<Int>, _ message: String) { notes.append(QueryNote(place: place, message: message)) }

  private mutating func scanPhrase() {
    let start = position
    let contentStart = start + text.quotationMarkWidth(at: start)
    var end = contentStart
    while end < text.count, text.quotationMarkWidth(at: end) == 0 { end += 1 }
    guard end < text.count else {
      // Nothing after it is a quotation mark, so this look ahead happens once.
      note(start..<contentStart, "this quotation mark is never closed and was ignored")
      position = contentStart
      return
    }
    position = end + text.quotationMarkWidth(at: end)
    let content = contentStart..<end
    if WiderLanguage.hasWildcard(text, content) {
      note(content, "wildcards are not supported yet: the words of \(text.quoted(content)) are searched for as they are")
    }
    tokens.append(QueryToken(.phrase, start..<position, content: content))
  }

  private mutating func scanPhraseDistance() {
    let start = position
    position += 1
    while position < text.count, text.isDigit(at: position) { position += 1 }
    note(start..<position, "a distance after a phrase is not supported yet: \(text.quoted(start..<position)) was ignored")
  }

  private mutating func scanWeight() {
    let start = position
    position += 1
    // What follows a `^` and is no number stays in the text as a word: `a^b`.
    while position < text.count, continuesNumber(at: position) { position += 1 }
    let number = start + 1..<position
    guard !number.isEmpty, number.count <= 32, let weight = Double(text.string(number)),
      (0...Query.maximumWeight).contains(weight)
    else {
      let limit = Int(Query.maximumWeight)
      return note(
        start..<position,
        "\(text.quoted(start..<position)) is not a weight and was ignored; a weight is a number from 0 to \(limit), such as ^2")
    }
    tokens.append(QueryToken(.weight(weight), start..<position))
  }

  /// Whether a position holds a part of a number: a digit, a point, a sign, or the `e` of an exponent.
  private func continuesNumber(at position: Int) -> Bool {
    switch text[position] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"): true
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      text.isDigit(at: position - 1) && (text.isDigit(at: position + 1) || text.isSign(at: position + 1))
    default: false
    }
  }

  private mutating func scanSign() {
    let start = position
    while text.isSign(at: position) { position += 1 }
    let hasOperand = position < text.count && (text[position] == UInt8(ascii: "(") || !endsWord(at: position))
    let isBeforeQuotation = position < text.count && text.quotationMarkWidth(at: position) > 0
    guard position == start + 1, hasOperand || isBeforeQuotation else {
      return note(start..<position, "\(text.quoted(start..<position)) does not stand directly before a word and was ignored")
    }
    tokens.append(QueryToken(text[start] == UInt8(ascii: "+") ? .plus : .minus, start..<position))
  }

  /// Whether a word cannot go on at this position.
  private func endsWord(at position: Int) -> Bool {
    switch text[position] {
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "^"): true
    default: text.spaceWidth(at: position) > 0 || text.quotationMarkWidth(at: position) > 0
    }
  }

  private mutating func scanWord() {
    let start = position
    var isName = true
    repeat {
      if isName, text[position] == UInt8(ascii: ":"), position > start {
        // `http://` is no field.
        if position + 1 < text.count, text[position + 1] == UInt8(ascii: "/") {
          isName = false
        } else {
          return appendField(start)
        }
      }
      isName = isName && text.isLetter(text[position])
      position += 1
    } while position < text.count && !endsWord(at: position)
    appendWord(start..<position)
  }

  /// Takes the name before the colon at `position` as a field, or as a word where no such field exists.
  private mutating func appendField(_ start: Int) {
    let content = start..<position
    position += 1
    let name = text.string(content)
    if let field = QueryField(name: name) {
      tokens.append(QueryToken(.field(field), start..<position, content: content))
      return
    }
    tokens.append(QueryToken(.word, content))
    note(
      content,
      WiderLanguage.isField(name)
        ? "the field \(text.quoted(content)) is not supported yet and was read as a word"
        : "there is no field \(text.quoted(content)), so it was read as a word; the fields are \(QueryField.names)")
  }

  private mutating func appendWord(_ place: Range<Int>) {
    let isLiteral = isAttached(place)
    if text[place].allSatisfy({ $0 == UInt8(ascii: "*") }) {
      tokens.append(QueryToken(.star, place))
    } else if !isLiteral, place.count <= 16, let kind = operatorKind(place) {
      tokens.append(QueryToken(kind, place))
    } else if !isLiteral, isMinimumMatch(place), let count = tokens.popLast() {
      note(
        count.place.lowerBound..<place.upperBound,
        "\(text.quoted(count.place.lowerBound..<place.upperBound)) is not supported yet: the group is read without it")
    } else {
      tokens.append(QueryToken(.word, place, content: plainContent(place)))
    }
  }

  /// Whether a sign or a field stands directly before, which makes a word even of what looks like an operator: `title:OR`.
  private func isAttached(_ place: Range<Int>) -> Bool {
    guard let last = tokens.last, last.place.upperBound == place.lowerBound else { return false }
    switch last.kind {
    case .plus, .minus, .field: return true
    default: return false
    }
  }

  private func operatorKind(_ place: Range<Int>) -> QueryToken.Kind? {
    let word = text.string(place)
    switch word {
    case "AND", "&", "&&": return .and
    case "OR": return .or
    case "NOT": return .not
    default:
      if WiderLanguage.isProximity(word) { return .proximity }
      let isBeforeBracket = place.upperBound < text.count && text[place.upperBound] == UInt8(ascii: "(")
      return isBeforeBracket && WiderLanguage.isFunction(word) ? .function : nil
    }
  }

  /// Whether a word is the `OF` of `2 OF (a b c)`, the number being the last token.
  private func isMinimumMatch(_ place: Range<Int>) -> Bool {
    guard text[place].elementsEqual("OF".utf8), let last = tokens.last, last.kind == .word, last.place.allSatisfy(text.isDigit)
    else { return false }
    // One space at most, so that a run of them is not looked over again and again.
    let next = place.upperBound
    return next < text.count && text[next] == UInt8(ascii: "(")
      || next + 1 < text.count && text.spaceWidth(at: next) == 1 && text[next + 1] == UInt8(ascii: "(")
  }

  /// The part of a word that is searched for as it is, with a note on what is not understood yet.
  private mutating func plainContent(_ place: Range<Int>) -> Range<Int> {
    if let content = WiderLanguage.withoutEditDistance(text, place) {
      note(place, "edit distance is not supported yet: \(text.quoted(place)) is searched for as \(text.quoted(content))")
      return content
    }
    if text[place.lowerBound] == UInt8(ascii: "="), place.count > 1, text.isWordByte(at: place.lowerBound + 1) {
      note(place, "`=` for this form only is not supported yet and was ignored")
      return place.lowerBound + 1..<place.upperBound
    }
    if WiderLanguage.hasWildcard(text, place) {
      note(place, "wildcards are not supported yet: the words of \(text.quoted(place)) are searched for as they are")
    }
    return place
  }
}
