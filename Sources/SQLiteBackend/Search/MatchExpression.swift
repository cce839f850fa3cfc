/// A text-only query in FTS5's query syntax.
///
/// FTS5 parses with a stack of 100 entries. Parts are therefore written deepest first, which needs one entry a level where the
/// other way round needs three; what still exceeds the stack is told by ``exceedsParser``.
struct MatchExpression {
  /// The most of the parser's stack that an expression may need.
  private static let stackLimit = 80

  private(set) var text = ""
  /// The leaf of each phrase, in the order in which FTS5 numbers phrases.
  private(set) var leafNumbers: [Int] = []
  let exceedsParser: Bool

  /// Writes a set.
  ///
  /// FTS5 tells a function where a phrase occurs only in rows that it had to look at the phrase for. With `showsAllLeaves` all
  /// leaves are named once more, joined by OR, beside the set, which shows each of them in every row: `set AND (leaf OR leaf OR
  /// …)`. The leaves of the second part are the last phrases.
  init(_ node: TextForm.Node, _ leaves: [TextLeaf?], showsAllLeaves: Bool) {
    exceedsParser = node.stackNeed + 3 > Self.stackLimit
    guard !exceedsParser else { return }
    if showsAllLeaves { text += "(" }
    write(node, leaves)
    guard showsAllLeaves else { return }
    text += ") AND ("
    leafNumbers.append(contentsOf: leaves.indices.filter { leaves[$0] != nil })
    text += leaves.compactMap { $0?.expression }.joined(separator: " OR ") + ")"
  }

  private mutating func write(_ node: TextForm.Node, _ leaves: [TextLeaf?]) {
    switch node {
    case .leaf(let number):
      text += leaves[number]?.expression ?? ""
      leafNumbers.append(number)
    case .and(let parts): write(parts, " AND ", leaves)
    case .or(let parts): write(parts, " OR ", leaves)
    case .difference(let included, let excluded):
      writeGroup(included, leaves)
      text += " NOT "
      writeGroup(excluded, leaves)
    }
  }

  private mutating func write(_ parts: [TextForm.Node], _ separator: String, _ leaves: [TextLeaf?]) {
    let deepestFirst = parts.map { (node: $0, need: $0.stackNeed) }.sorted { $0.need > $1.need }
    for (place, part) in deepestFirst.enumerated() {
      if place > 0 { text += separator }
      writeGroup(part.node, leaves)
    }
  }

  private mutating func writeGroup(_ node: TextForm.Node, _ leaves: [TextLeaf?]) {
    if case .leaf = node { return write(node, leaves) }
    text += "("
    write(node, leaves)
    text += ")"
  }
}

extension TextForm.Node {
  /// The entries of a shift-reduce parser's stack that the set needs when it is written deepest part first.
  fileprivate var stackNeed: Int {
    switch self {
    case .leaf: 6
    case .and(let parts), .or(let parts):
      parts.map(\.stackNeed).sorted(by: >).enumerated().map { $0.offset == 0 ? $0.element + 1 : $0.element + 3 }.max() ?? 0
    case .difference(let included, let excluded): max(included.stackNeed + 1, excluded.stackNeed + 3)
    }
  }
}
