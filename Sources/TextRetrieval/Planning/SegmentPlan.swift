import IndexStorage
import InvertedIndex

/// Makes the scorers of one segment.
struct SegmentPlan {
  let scoring: Scoring
  let segment: SegmentReader
  /// The place of the segment in the snapshot.
  let index: Int
  /// What the documents of the segment divide by.
  let normalizations: [Double]
  private let scores: Bool

  /// - Parameters:
  ///   - index: the place of the segment in the snapshot.
  ///   - scores: whether scores are wanted; not so for counting.
  init(scoring: Scoring, segment: SegmentReader, index: Int, scores: Bool) {
    self.scores = scores
    self.scoring = scoring
    self.segment = segment
    self.index = index
    normalizations = scoring.normalizations(of: segment)
  }

  /// The scorer of a whole query: deleted documents do not match it.
  func rootScorer(_ query: PlannedQuery) throws(StorageError) -> any Scorer {
    let scorer = try scorer(query)
    guard let deleted = segment.deleted else { return scorer }
    // It costs the most of all, so that it never leads.
    return ConjunctionScorer([scorer, BitmapScorer(DocumentBitmap(allBut: deleted), cost: .max)])
  }

  /// The scorer of a query, or of a part of one.
  func scorer(_ query: PlannedQuery) throws(StorageError) -> any Scorer {
    switch query {
    case .everything: return EverythingScorer()
    case .nothing: return NothingScorer()
    case .term(let term, let field, let boost): return try termScorer(term, field: field, boost: boost)
    case .phrase(let phrase, let field, let weight): return try phraseScorer(phrase, field: field, weight: weight)
    case .keyword(let field, let value):
      guard let field, let condition = try segment.keywordCondition(field: field, value: value) else { return NothingScorer() }
      return KeywordScorer(condition)
    case .date(let range):
      let ranges = try DateCondition.documents(in: range, of: segment)
      return ranges == [0..<segment.documentCount] ? EverythingScorer() : DocumentRangesScorer(ranges)
    case .and(let parts):
      let (words, others) = try scorers(parts)
      return conjunction(words.isEmpty ? others : others + [DenseScorer(words, requiredCount: words.count, scoring: scoring)])
    case .or(let parts): return try disjunction(parts)
    case .not(let part): return ComplementScorer(try scorer(part))
    case .required(let part, let optional): return try requiredScorer(part, optional: optional)
    }
  }

  private func conjunction(_ parts: [any Scorer]) -> any Scorer {
    // A filter that all documents of the segment pass costs nothing.
    let filtering = parts.filter { !($0 is EverythingScorer) }
    return filtering.isEmpty ? EverythingScorer() : filtering.count == 1 ? filtering[0] : ConjunctionScorer(filtering)
  }

  private func disjunction(_ parts: [PlannedQuery]) throws(StorageError) -> any Scorer {
    let (words, others) = try scorers(parts)
    return disjunction(of: words, others)
  }

  private func disjunction(of words: [DenseWord], _ others: [any Scorer]) -> any Scorer {
    let dense = words.isEmpty ? nil : DenseScorer(words, requiredCount: 0, scoring: scoring)
    if let dense, others.isEmpty { return dense }
    return DisjunctionScorer(others, dense: dense, documentCount: segment.documentCount, scores: scores)
  }

  private func requiredScorer(_ part: PlannedQuery, optional: [PlannedQuery]) throws(StorageError) -> any Scorer {
    // Where nothing is scored, what is optional says nothing.
    if !scores { return try self.scorer(part) }
    let (words, others) = try scorers(part.conjuncts)
    let (optionalWords, optionalOthers) = try scorers(optional)
    func scorer(ofOptional words: [DenseWord]) -> any Scorer {
      words.isEmpty && optionalOthers.count == 1 ? optionalOthers[0] : disjunction(of: words, optionalOthers)
    }
    if words.isEmpty || words.count + optionalWords.count > DenseWords.mostWords {
      let dense = words.isEmpty ? [] : [DenseScorer(words, requiredCount: words.count, scoring: scoring)]
      return RequiredScorer(conjunction(others + dense), optional: scorer(ofOptional: optionalWords))
    }
    // Frequent words are bounded together, also where only some are required.
    let dense = DenseScorer(words + optionalWords, requiredCount: words.count, scoring: scoring)
    let required = conjunction(others + [dense])
    return optionalOthers.isEmpty ? required : RequiredScorer(required, optional: scorer(ofOptional: []))
  }

  /// What scores parts: frequent words, which are to be scored together, and others.
  private func scorers(_ parts: [PlannedQuery]) throws(StorageError) -> (words: [DenseWord], others: [any Scorer]) {
    var words: [DenseWord] = []
    var others: [any Scorer] = []
    others.reserveCapacity(parts.count)
    for part in parts {
      if words.count < DenseWords.mostWords, let word = try denseWord(part) {
        words.append(word)
      } else {
        others.append(try scorer(part))
      }
    }
    return (words, others)
  }

  /// A part that is one frequent word, or two side by side, where it can be scored as such.
  private func denseWord(_ part: PlannedQuery) throws(StorageError) -> DenseWord? {
    guard scores, scoring.parameters.areThoseOfImpacts, let list = part.soleList(inSegment: index, segment),
      let postings = try list.lists.densePostings(of: list.entry)
    else { return nil }
    return DenseWord(
      postings, documentCount: list.entry.documentCount, weight: list.weight,
      formula: TermFormula(weight: list.weight, scoring: scoring, normalizations: normalizations), scoring: scoring,
      factor: scoring.impactFactors(of: segment).greatest)
  }

  private func termScorer(_ term: PlannedTerm, field: Int?, boost: Double) throws(StorageError) -> any Scorer {
    guard let entry = term.entries[index] else { return NothingScorer() }
    return try listScorer(entry, of: segment.words, field: field, weight: term.idf * boost)
  }

  /// The scorer of a posting list, which is that of a word or of two side by side.
  func listScorer(
    _ entry: TermEntry, of lists: PostingLists, field: Int?, weight: Double
  ) throws(StorageError) -> any Scorer {
    if !scores, field == nil, let dense = try lists.densePostings(of: entry) {
      return BitmapScorer(dense.documents, cost: entry.documentCount)
    }
    let postings = try boundedPostings(entry, of: lists, field: field, weight: weight)
    if field == nil, scoring.parameters.weighsAllFieldsOne {
      return TermScorer(
        postings, dense: try lists.densePostings(of: entry),
        formula: TermFormula(weight: weight, scoring: scoring, normalizations: normalizations))
    }
    return FieldTermScorer(
      postings, field: field, weight: weight, scoring: scoring, normalizations: normalizations, segment: segment)
  }

  func boundedPostings(
    _ entry: TermEntry, of lists: PostingLists, field: Int?, weight: Double
  ) throws(StorageError) -> BoundedPostings {
    BoundedPostings(
      try lists.cursor(for: entry), TermBounds(weight: weight, field: field, scoring: scoring, segment: segment))
  }
}
