import IndexStorage
import InvertedIndex
import QueryLanguage

/// A query prepared for one snapshot: statistics fixed, weights computed. Makes the scorers of each segment.
struct QueryPlan {
  let scoring: Scoring
  private let query: PlannedQuery
  private let snapshot: IndexSnapshot

  /// Looks up the words of the query.
  ///
  /// - Parameter scores: whether scores are wanted; words that could only add to them are left out where they are not.
  init(_ query: Query, snapshot: IndexSnapshot, parameters: ScoringParameters, scores: Bool = true) throws(StorageError) {
    self.snapshot = snapshot
    var planner = QueryPlanner(snapshot)
    self.query = try planner.plan(query, boost: 1, scores: scores)
    scoring = Scoring(
      parameters: parameters, documentCount: planner.documentCount, wordCounts: snapshot.wordCounts,
      totalWeight: planner.totalWeight)
  }

  /// The scorer of the whole query on a segment; it need not score where scores are not wanted.
  func scorer(forSegment segment: Int, scores: Bool) throws(StorageError) -> any Scorer {
    try SegmentPlan(scoring: scoring, segment: snapshot.segments[segment], index: segment, scores: scores).rootScorer(query)
  }

  /// How many documents of a segment match, where the dictionary knows.
  func knownCount(inSegment index: Int) -> Int? {
    let segment = snapshot.segments[index]
    if segment.deleted != nil {
      // A list does not say which of its documents are deleted.
      if case .everything = query { return segment.liveCount }
      return nil
    }
    return knownCount(of: query, inSegment: index)
  }

  private func knownCount(of query: PlannedQuery, inSegment index: Int) -> Int? {
    switch query {
    case .term(let term, field: nil, _): term.entries[index]?.documentCount ?? 0
    case .phrase(let phrase, field: nil, _): knownCount(of: phrase, inSegment: index)
    case .everything: snapshot.segments[index].documentCount
    case .nothing: 0
    // What is optional only adds to scores.
    case .required(let part, _): knownCount(of: part, inSegment: index)
    default: nil
    }
  }

  private func knownCount(of phrase: PlannedPhrase, inSegment index: Int) -> Int? {
    switch phrase.methods[index] {
    case .none: 0
    case .pair(let entry): entry.documentCount
    case .positions: nil
    }
  }

  /// The query on a segment, to find its best documents.
  func query(onSegment index: Int) throws(StorageError) -> SegmentQuery {
    try SegmentQuery(query, scoring: scoring, segment: snapshot.segments[index], index: index)
  }

  /// Whether a document's match can only be told from positions, so that finding all matches costs as much as ranking them.
  var needsPositions: Bool { query.needsPositions }

  /// What at least `limit` documents of a segment score or more, as far as it is known without looking under the usual parameters:
  /// so many documents have such a share of one word of a disjunction, or of a pair, and others can only add to that.
  ///
  /// Source: Petri et al. 2019; Mallia et al. 2020, on thresholds estimated from stored ones.
  func leastScore(ofBest limit: Int, inSegment index: Int) throws(StorageError) -> Double? {
    let segment = snapshot.segments[index]
    // What is known of the best documents of a list may be known of deleted ones.
    if segment.deleted != nil { return nil }
    guard scoring.parameters.areThoseOfImpacts, let rank = Impact.ranks.firstIndex(where: { $0 >= limit }) else { return nil }
    return try leastScore(of: query, rank, segment: index)
  }

  private func leastScore(of query: PlannedQuery, _ rank: Int, segment index: Int) throws(StorageError) -> Double {
    if case .or(let parts) = query {
      var greatest = 0.0
      for part in parts { greatest = max(greatest, try leastScore(of: part, rank, segment: index)) }
      return greatest
    }
    guard let list = query.soleList(inSegment: index, snapshot.segments[index]), list.entry.documentCount >= Impact.ranks[rank]
    else { return 0 }
    let share = Impact.share(ofBytes: try list.lists.leastShare(of: list.entry, atRank: rank))
    return scoring.least(weight: list.weight, share: share * scoring.impactFactors(of: snapshot.segments[index]).least)
  }
}

/// Walks a query once and looks its words up.
private struct QueryPlanner {
  let documentCount: Int
  /// The sum of the weights of all words and phrases that score, in the order of the query.
  private(set) var totalWeight = 0.0
  private let snapshot: IndexSnapshot

  init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
    documentCount = snapshot.documentCount
  }

  /// - Parameters:
  ///   - boost: the product of the weights above the part.
  ///   - scores: whether it can add to the score; not so under `not`.
  mutating func plan(_ query: Query, boost: Double, scores: Bool) throws(StorageError) -> PlannedQuery {
    switch query {
    case .everything: return .everything
    case .nothing: return .nothing
    case .term(let term):
      let planned = try PlannedTerm(term.text, in: snapshot, documentCount: documentCount)
      if scores { totalWeight += planned.idf * boost }
      return .term(planned, field: field(term.field), boost: scores ? boost : 0)
    case .phrase(let phrase):
      guard !phrase.terms.isEmpty else { return .nothing }
      let planned = try PlannedPhrase(phrase.terms, in: snapshot, documentCount: documentCount)
      let weight = planned.weight * boost
      if scores { totalWeight += weight }
      return .phrase(planned, field: field(phrase.field), weight: scores ? weight : 0)
    case .keyword(let keyword):
      return .keyword(
        field: snapshot.manifest.schema.keywordFields.firstIndex(of: keyword.field.rawValue), value: keyword.value)
    case .date(let range): return .date(range)
    case .and(let parts):
      if parts.isEmpty { return .everything }
      let planned = try plan(parts, boost: boost, scores: scores)
      // A part of which several parts must all match is as many parts of this one.
      return .and(planned.contains(where: \.isConjunction) ? planned.flatMap(\.conjuncts) : planned)
    case .or(let parts): return parts.isEmpty ? .nothing : .or(try plan(parts, boost: boost, scores: scores))
    case .not(let part): return .not(try plan(part, boost: boost, scores: false))
    case .required(let part, let optional):
      let required = try plan(part, boost: boost, scores: scores)
      if !scores { return required }
      return .required(required, optional: try plan(optional, boost: boost, scores: scores))
    case .boosted(let part, let weight): return try plan(part, boost: boost * weight, scores: scores)
    }
  }

  private mutating func plan(_ parts: [Query], boost: Double, scores: Bool) throws(StorageError) -> [PlannedQuery] {
    var planned: [PlannedQuery] = []
    planned.reserveCapacity(parts.count)
    for part in parts { planned.append(try plan(part, boost: boost, scores: scores)) }
    return planned
  }

  private func field(_ field: TextField?) -> Int? {
    field.flatMap { snapshot.manifest.schema.textFields.firstIndex(of: $0.rawValue) }
  }
}
