import QueryLanguage

/// The match set of a text-only query in the algebra that FTS5 has: unions, intersections and differences of words. FTS5 has no
/// complement, so a form says whether it is one.
struct TextForm: Sendable {
  /// A set that FTS5 can compute. Leaves are numbered in the order of the query.
  indirect enum Node: Sendable {
    case leaf(Int)
    case and([Node])
    case or([Node])
    case difference(Node, Node)
  }

  /// The set itself; nil is the empty set.
  var node: Node?
  /// Whether the articles outside the set are meant.
  var isComplement = false

  private static let everything = TextForm(node: nil, isComplement: true)
  private static let nothing = TextForm(node: nil)

  /// The form of a text-only query, and its leaves.
  ///
  /// Leaves are in the order of the query; one that can match nothing is there as nil, so that numbers agree with
  /// ``ScoringTree``.
  static func make(_ query: Query) -> (form: TextForm, leaves: [TextLeaf?]) {
    var leaves: [TextLeaf?] = []
    let form = make(query, &leaves)
    return (form, leaves)
  }

  private static func make(_ query: Query, _ leaves: inout [TextLeaf?]) -> TextForm {
    switch query {
    case .everything: return everything
    case .nothing, .keyword, .date: return nothing
    case .term, .phrase:
      leaves.append(TextLeaf(query))
      return leaves[leaves.count - 1] == nil ? nothing : TextForm(node: .leaf(leaves.count - 1))
    case .and(let parts): return intersection(parts.map { make($0, &leaves) })
    case .or(let parts):
      // a or b = not (not a and not b)
      return intersection(parts.map { make($0, &leaves).complement }).complement
    case .not(let part): return make(part, &leaves).complement
    case .boosted(let part, _): return make(part, &leaves)
    case .required(let part, let optional):
      let form = make(part, &leaves)
      for part in optional { _ = make(part, &leaves) }
      return form
    }
  }

  private var complement: TextForm { TextForm(node: node, isComplement: !isComplement) }

  private static func intersection(_ forms: [TextForm]) -> TextForm {
    let sets = forms.filter { !$0.isComplement }
    if sets.contains(where: { $0.node == nil }) { return nothing }
    let excluded = union(forms.filter(\.isComplement).compactMap(\.node))
    if sets.isEmpty { return TextForm(node: excluded, isComplement: true) }
    let included = sets.count == 1 ? sets[0].node! : .and(sets.map { $0.node! })
    return TextForm(node: excluded.map { .difference(included, $0) } ?? included)
  }

  private static func union(_ nodes: [Node]) -> Node? {
    nodes.count < 2 ? nodes.first : .or(nodes)
  }
}

extension TextForm.Node {
  /// Whether FTS5, evaluating the set, knows in every row it finds where each leaf occurs.
  ///
  /// In a row where a group joined by AND fails because a phrase does not stand together or a word stands in another field, FTS5
  /// (seen in 3.40) empties the positions of all leaves of the group, also of those in a union that it has moved ahead to a later
  /// row. Only the outermost group is spared.
  ///
  ///     x AND ("p q" OR y)      → true      (x AND ("p q" OR y)) OR z      → false      (x AND (p OR y)) OR z      → true
  func keepsPositions(of leaves: [TextLeaf?], isOutermost: Bool = true) -> Bool {
    switch self {
    case .leaf: true
    case .and(let parts):
      (isOutermost || !hasUnion || !hasConditions(leaves))
        && parts.allSatisfy { $0.keepsPositions(of: leaves, isOutermost: false) }
    case .or(let parts): parts.allSatisfy { $0.keepsPositions(of: leaves, isOutermost: false) }
    case .difference(let included, _): included.keepsPositions(of: leaves, isOutermost: false)
    }
  }

  private var hasUnion: Bool {
    switch self {
    case .leaf: false
    case .or: true
    case .and(let parts): parts.contains(where: \.hasUnion)
    case .difference(let included, _): included.hasUnion
    }
  }

  /// Whether there is a leaf that may fail in an article which holds all of its words.
  private func hasConditions(_ leaves: [TextLeaf?]) -> Bool {
    switch self {
    case .leaf(let number): leaves[number].map { $0.words.count > 1 || $0.field != nil } ?? false
    case .and(let parts), .or(let parts): parts.contains { $0.hasConditions(leaves) }
    case .difference(let included, let excluded): included.hasConditions(leaves) || excluded.hasConditions(leaves)
    }
  }
}
