import IndexStorage
import InvertedIndex

/// Makes the scorers of one segment.
struct SegmentPlan {
  private let scoring: Scoring
  private let segment: SegmentReader
  private let index: Int
  private let normalizations: [Double]
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

  /// The scorer of a query, or of a part of one.
  func scorer(_ query: PlannedQuery) throws(StorageError) -> any Scorer {
    switch query {
    case .everything: return EverythingScorer()
    case .nothing: return NothingScorer()
    case .term(let term, let field, let boost): return try termScorer(term, field: field, boost: boost)
    case .phrase(let words, let field, let weight): return try phraseScorer(words, field: field, weight: weight)
    case .keyword(let field, let value):
      guard let field, let condition = try segment.keywordCondition(field: field, value: value) else { return NothingScorer() }
      return KeywordScorer(condition)
    case .date(let range):
      let ranges = try DateCondition.documents(in: range, of: segment)
      return ranges == [0..<segment.documentCount] ? EverythingScorer() : DocumentRangesScorer(ranges)
    case .and(let parts):
      // A filter that all documents of the segment pass costs nothing.
      let filtering = try scorers(parts).filter { !($0 is EverythingScorer) }
      return filtering.isEmpty ? EverythingScorer() : filtering.count == 1 ? filtering[0] : ConjunctionScorer(filtering)
    case .or(let parts): return DisjunctionScorer(try scorers(parts), documentCount: segment.documentCount)
    case .not(let part): return ComplementScorer(try scorer(part))
    case .required(let part, let optional):
      let optional = try scorers(optional)
      return RequiredScorer(
        try scorer(part),
        optional: optional.count == 1
          ? optional[0] : DisjunctionScorer(optional, documentCount: segment.documentCount))
    }
  }

  private func scorers(_ parts: [PlannedQuery]) throws(StorageError) -> [any Scorer] {
    var scorers: [any Scorer] = []
    scorers.reserveCapacity(parts.count)
    for part in parts { scorers.append(try scorer(part)) }
    return scorers
  }

  private func termScorer(_ term: PlannedTerm, field: Int?, boost: Double) throws(StorageError) -> any Scorer {
    guard let entry = term.entries[index] else { return NothingScorer() }
    if !scores, field == nil, let bitmap = try segment.bitmap(of: entry) {
      return BitmapScorer(bitmap, documentCount: entry.documentCount)
    }
    let weight = term.idf * boost
    let postings = try boundedPostings(entry, field: field, weight: weight)
    if field == nil, scoring.parameters.weighsAllFieldsOne {
      return TermScorer(
        postings, bitmap: try segment.bitmap(of: entry),
        formula: TermFormula(weight: weight, scoring: scoring, normalizations: normalizations))
    }
    return FieldTermScorer(
      postings, field: field, weight: weight, scoring: scoring, normalizations: normalizations, segment: segment)
  }

  private func boundedPostings(_ entry: TermEntry, field: Int?, weight: Double) throws(StorageError) -> BoundedPostings {
    BoundedPostings(
      try segment.postings(for: entry), TermBounds(weight: weight, field: field, scoring: scoring, segment: segment))
  }

  private func phraseScorer(
    _ planned: [(term: PlannedTerm, places: [UInt32])], field: Int?, weight: Double
  ) throws(StorageError) -> any Scorer {
    var words: [PhraseScorer.Word] = []
    for word in planned {
      guard let entry = word.term.entries[index] else { return NothingScorer() }
      words.append(
        PhraseScorer.Word(
          PhraseWord(
            matching: try boundedPostings(entry, field: field, weight: weight), reading: try segment.postings(for: entry),
            bitmap: try segment.bitmap(of: entry), places: word.places)))
    }
    let isPlain = field == nil && scoring.parameters.weighsAllFieldsOne
    return PhraseScorer(
      words: words, frequencies: isPlain ? nil : FieldFrequencies(field: field, scoring: scoring, segment: segment),
      weight: weight, scoring: scoring, normalizations: normalizations)
  }
}
