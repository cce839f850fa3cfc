import IndexStorage
import InvertedIndex
import QueryLanguage

/// A query prepared for one snapshot: statistics fixed, weights computed. Makes the scorers of each segment.
struct QueryPlan {
  let query: Query
  let snapshot: IndexSnapshot
  let scoring: Scoring
  private let terms: PlannedTerms

  /// Looks up the statistics of every word of the query.
  init(_ query: Query, snapshot: IndexSnapshot, parameters: ScoringParameters) throws(StorageError) {
    self.query = query
    self.snapshot = snapshot
    let total = snapshot.documentCount
    var terms = PlannedTerms()
    var totalWeight = 0.0
    for leaf in query.leaves {
      var weight = 0.0
      for term in leaf.terms { weight += try terms.add(term, in: snapshot, documentCount: total).idf }
      totalWeight += weight * leaf.weight
    }
    self.terms = terms
    scoring = Scoring(
      parameters: parameters, documentCount: total, wordCounts: snapshot.wordCounts, totalWeight: totalWeight)
  }

  /// The scorer of the whole query on a segment.
  func scorer(forSegment segment: Int) throws(StorageError) -> any Scorer {
    try SegmentPlan(plan: self, segment: segment).scorer(query, boost: 1)
  }

  /// How many documents of a segment match, where the dictionary knows.
  func knownCount(inSegment index: Int) throws(StorageError) -> Int? {
    switch query {
    case .term(let term) where term.field == nil: try entry(term.text, inSegment: index)?.documentCount ?? 0
    case .everything: snapshot.segments[index].documentCount
    case .nothing: 0
    default: nil
    }
  }

  /// What at least `limit` documents of a segment score or more; nil where nothing is known without looking.
  ///
  /// Known of a disjunction of words in any field under the usual parameters: as many documents have such a share of one word,
  /// and other words can only add to that. Source: Petri et al. 2019; Mallia et al. 2020 ("score estimates").
  func leastScore(ofBest limit: Int, inSegment index: Int) throws(StorageError) -> Double? {
    guard scoring.parameters.areThoseOfImpacts, let rank = Impact.ranks.firstIndex(where: { $0 >= limit }),
      let leaves = QueryPlan.disjunction(query, boost: 1)
    else { return nil }
    let segment = snapshot.segments[index]
    let factor = scoring.impactFactors(of: segment).least
    var least: Double?
    for leaf in leaves {
      guard let term = terms[leaf.term], let entry = term.entries[index], entry.documentCount >= Impact.ranks[rank] else {
        continue
      }
      let share = Impact.share(ofBytes: try segment.postings(for: entry).leastShares()[rank])
      if share > 0 { least = max(least ?? 0, scoring.least(weight: term.idf * leaf.boost, share: share * factor)) }
    }
    return least
  }

  /// The words of a disjunction, each with the product of the weights above it; nil where something else is in it.
  private static func disjunction(_ query: Query, boost: Double) -> [(term: String, boost: Double)]? {
    switch query {
    case .term(let term): return term.field == nil ? [(term.text, boost)] : nil
    case .boosted(let part, let weight): return disjunction(part, boost: boost * weight)
    case .or(let parts):
      var all: [(term: String, boost: Double)] = []
      for part in parts {
        guard let terms = disjunction(part, boost: boost) else { return nil }
        all += terms
      }
      return all
    default: return nil
    }
  }

  /// What is known of a word; words under `not` were not looked up, for they do not score.
  fileprivate func entry(_ text: String, inSegment index: Int) throws(StorageError) -> TermEntry? {
    if let term = terms[text] { return term.entries[index] }
    return try snapshot.segments[index].terms.find(text)
  }

  /// The sum of the words' idf in their order.
  fileprivate func weight(of texts: [String]) -> Double { texts.reduce(0) { $0 + (terms[$1]?.idf ?? 0) } }
}

/// Makes the scorers of one segment.
private struct SegmentPlan {
  private let plan: QueryPlan
  private let index: Int
  private let segment: SegmentReader
  private let normalizations: [Double]

  init(plan: QueryPlan, segment index: Int) {
    self.plan = plan
    self.index = index
    segment = plan.snapshot.segments[index]
    normalizations = plan.scoring.normalizations(of: segment)
  }

  func scorer(_ query: Query, boost: Double) throws(StorageError) -> any Scorer {
    switch query {
    case .everything: return EverythingScorer()
    case .nothing: return NothingScorer()
    case .term(let term): return try termScorer(term, boost: boost)
    case .phrase(let phrase): return try phraseScorer(phrase, boost: boost)
    case .keyword(let keyword):
      guard let field = segment.schema.keywordFields.firstIndex(of: keyword.field.rawValue),
        let condition = try segment.keywordCondition(field: field, value: keyword.value)
      else { return NothingScorer() }
      return KeywordScorer(condition)
    case .date(let range): return DocumentRangesScorer(try DateCondition.documents(in: range, of: segment))
    case .and(let parts): return parts.isEmpty ? EverythingScorer() : ConjunctionScorer(try scorers(parts, boost: boost))
    case .or(let parts): return parts.isEmpty ? NothingScorer() : DisjunctionScorer(try scorers(parts, boost: boost))
    case .not(let part): return ComplementScorer(try scorer(part, boost: boost))
    case .required(let part, let optional):
      return RequiredScorer(try scorer(part, boost: boost), optional: try scorers(optional, boost: boost))
    case .boosted(let part, let weight): return try scorer(part, boost: boost * weight)
    }
  }

  private func scorers(_ parts: [Query], boost: Double) throws(StorageError) -> [any Scorer] {
    var scorers: [any Scorer] = []
    for part in parts { scorers.append(try scorer(part, boost: boost)) }
    return scorers
  }

  private func termScorer(_ term: Query.Term, boost: Double) throws(StorageError) -> any Scorer {
    guard let entry = try plan.entry(term.text, inSegment: index) else { return NothingScorer() }
    let cursor = try segment.postings(for: entry)
    let weight = plan.weight(of: [term.text]) * boost
    let field = field(term.field)
    if field == nil, plan.scoring.parameters.weighsAllFieldsOne {
      return TermScorer(
        cursor, bitmap: try segment.bitmap(of: entry), weight: weight, scoring: plan.scoring, normalizations: normalizations,
        segment: segment)
    }
    return FieldTermScorer(
      cursor, field: field, weight: weight, scoring: plan.scoring, normalizations: normalizations, segment: segment)
  }

  private func phraseScorer(_ phrase: Query.Phrase, boost: Double) throws(StorageError) -> any Scorer {
    let field = field(phrase.field)
    let weight = plan.weight(of: phrase.terms) * boost
    var words: [PhraseScorer.Word] = []
    let terms = phrase.terms.map { Array($0.utf8) }
    for (place, term) in terms.enumerated() where terms.firstIndex(of: term) == place {
      guard let entry = try plan.entry(phrase.terms[place], inSegment: index) else { return NothingScorer() }
      words.append(
        PhraseScorer.Word(
          cursor: try segment.postings(for: entry), places: terms.indices.filter { terms[$0] == term }.map(UInt32.init),
          bounds: TermBounds(weight: weight, field: field, scoring: plan.scoring, segment: segment)))
    }
    guard !words.isEmpty else { return NothingScorer() }
    let isPlain = field == nil && plan.scoring.parameters.weighsAllFieldsOne
    return PhraseScorer(
      words: words,
      frequencies: isPlain ? nil : FieldFrequencies(field: field, scoring: plan.scoring, segment: segment), weight: weight,
      scoring: plan.scoring, normalizations: normalizations)
  }

  private func field(_ field: TextField?) -> Int? {
    field.flatMap { segment.schema.textFields.firstIndex(of: $0.rawValue) }
  }
}
