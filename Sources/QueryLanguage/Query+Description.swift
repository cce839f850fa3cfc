extension Query: CustomStringConvertible {
  /// The query as text that a parser reads back, whatever its options, to an equal query.
  ///
  /// Equal where the query is in its normal form (see ``normalized``; the parser gives no others) and its words are what the
  /// parser's analyzer gives, a keyword value among them at least one. Everything is written `*` and nothing `NOT *`; every
  /// operator is written out.
  ///
  ///     parser.parse("a b -title:c^2").query.description → a AND b AND NOT title:c^2
  public var description: String {
    switch self {
    case .everything: "*"
    case .nothing: "NOT *"
    case .term(let term): Query.prefix(term.field) + Query.written(term.text)
    case .phrase(let phrase): "\(Query.prefix(phrase.field))\"\(phrase.terms.joined(separator: " "))\""
    case .keyword(let keyword): "\(keyword.field.rawValue):\(Query.written(keyword.value))"
    case .date(let range): "date:\(range)"
    case .and(let parts): Query.joined(parts, by: " AND ", ifEmpty: .everything)
    case .or(let parts): Query.joined(parts, by: " OR ", ifEmpty: .nothing)
    case .not(let part): "NOT \(part.isList ? "(\(part))" : part.description)"
    case .required(let part, let optional):
      "+\(part.isList || part.isComplement ? "(\(part))" : part.description)"
        + optional.map { " OR \($0.asPart)" }.joined()
    case .boosted(let part, let weight):
      (part.isList || part.isComplement || part.isBoosted ? "(\(part))" : part.description) + "^\(Query.written(weight))"
    }
  }

  /// The query as an indented tree, one node a line.
  ///
  ///     and
  ///       word strike in title
  ///       not
  ///         phrase "rail road"
  public var treeDescription: String {
    var lines: [String] = []
    appendTree(indentation: 0, to: &lines)
    return lines.joined(separator: "\n")
  }

  private func appendTree(indentation: Int, to lines: inout [String]) {
    func add(_ line: String, deeper: Int = 0) {
      lines.append(String(repeating: "  ", count: indentation + deeper) + line)
    }
    func add(_ parts: [Query], deeper: Int = 1) {
      for part in parts { part.appendTree(indentation: indentation + deeper, to: &lines) }
    }
    func place(_ field: TextField?) -> String { field.map { " in \($0.rawValue)" } ?? "" }
    switch self {
    case .everything: add("every article")
    case .nothing: add("no article")
    case .term(let term): add("word \(term.text)\(place(term.field))")
    case .phrase(let phrase): add("phrase \"\(phrase.terms.joined(separator: " "))\"\(place(phrase.field))")
    case .keyword(let keyword): add("\(keyword.field.rawValue) is \"\(keyword.value)\"")
    case .date(let range): add("date \(range)")
    case .and(let parts):
      add("and")
      add(parts)
    case .or(let parts):
      add("or")
      add(parts)
    case .not(let part):
      add("not")
      add([part])
    case .required(let part, let optional):
      add("required")
      add([part])
      add("optional", deeper: 1)
      add(optional, deeper: 2)
    case .boosted(let part, let weight):
      add("weight \(Query.written(weight))")
      add([part])
    }
  }

  private var isList: Bool {
    switch self {
    case .and, .or, .required: true
    default: false
    }
  }

  private var isComplement: Bool {
    switch self {
    case .not, .nothing: true
    default: false
    }
  }

  private var isBoosted: Bool { if case .boosted = self { true } else { false } }

  /// The query as one part of a list.
  private var asPart: String { isList ? "(\(self))" : description }

  private static func joined(_ parts: [Query], by separator: String, ifEmpty empty: Query) -> String {
    parts.isEmpty ? empty.description : parts.count == 1 ? parts[0].description : parts.map(\.asPart).joined(separator: separator)
  }

  private static func prefix(_ field: TextField?) -> String { field.map { "\($0.rawValue):" } ?? "" }

  /// A word or value, in quotation marks unless it is nothing but letters and digits and no operator.
  private static func written(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber }
    let isOperator = ["AND", "OR", "NOT"].contains(text) || WiderLanguage.isProximity(text)
    return isPlain && !isOperator ? text : "\"\(text)\""
  }

  /// A weight without a fraction of zero. Works on the text because rounding a `Double` would ask for the C library.
  private static func written(_ weight: Double) -> String {
    let text = "\(weight)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
