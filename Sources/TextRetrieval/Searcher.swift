import IndexStorage
import InvertedIndex
import QueryLanguage

/// In which order documents are found.
package enum DocumentRanking: Hashable, Sendable {
  /// Highest score first.
  case relevance
  /// Latest first, undated last.
  case newest
  /// Earliest first, undated last.
  case oldest
}

/// A document that a search found.
package struct FoundDocument: Hashable, Sendable {
  /// The place of its segment in the snapshot.
  package var segment: Int
  /// Its number in the segment.
  package var document: Int
  /// Its score; 0 for conditions that only filter.
  package var score: Double
}

/// Runs queries on a snapshot: pure, synchronous, and safe to call from many threads at once.
package struct Searcher: Sendable {
  private let snapshot: IndexSnapshot

  /// How documents are visited; both give the same answers, and tests compare them.
  package enum Evaluation: Hashable, Sendable {
    /// Documents that cannot be among the best are passed over where the query allows it.
    case pruned
    /// Every matching document is scored.
    case exhaustive
  }

  private let evaluation: Evaluation

  /// A searcher of a snapshot.
  package init(_ snapshot: IndexSnapshot, _ evaluation: Evaluation = .pruned) {
    self.snapshot = snapshot
    self.evaluation = evaluation
  }

  /// The best `limit` documents in order, ties newest first and then by id; and the exact number of matching documents where it
  /// is asked for.
  ///
  /// Complexity: every matching document is visited at most twice, once to count it and once to rank it; once where phrases must
  /// be looked for.
  package func search(
    _ query: Query, parameters: ScoringParameters, ranking: DocumentRanking, limit: Int, countsMatches: Bool
  ) throws(StorageError) -> (documents: [FoundDocument], matchCount: Int) {
    let limit = min(max(0, limit), snapshot.documentCount)
    let plan = try QueryPlan(query, snapshot: snapshot, parameters: parameters, scores: limit > 0)
    if limit > 0, countsMatches, ranking == .relevance, plan.needsPositions {
      // In one pass: looking for phrases twice would cost more than pruning saves.
      var matchCount = 0
      let found = try find(plan, ranking, limit: limit, prunes: false, matchCount: &matchCount)
      return (found, matchCount)
    }
    var matchCount = 0
    if countsMatches {
      for index in snapshot.segments.indices { matchCount += try count(plan, segment: index) }
    }
    var candidateCount = 0
    let found =
      limit == 0
      ? [] : try find(plan, ranking, limit: limit, prunes: evaluation == .pruned, matchCount: &candidateCount)
    return (found, matchCount)
  }

  private func count(_ plan: QueryPlan, segment index: Int) throws(StorageError) -> Int {
    if let count = plan.knownCount(inSegment: index) { return count }
    return try MatchCounter.count(
      try plan.scorer(forSegment: index, scores: false), documentCount: snapshot.segments[index].documentCount)
  }

  /// The best documents of one segment in order.
  ///
  /// - Parameters:
  ///   - floor: documents that score less, or as much, need not be found; is raised to what the search begins with.
  ///   - matchCount: is increased by the number of matching documents where nothing is pruned.
  private func best(
    _ query: SegmentQuery, limit: Int, floor: inout Double, step: Double, prunes: Bool, matchCount: inout Int
  ) throws(StorageError) -> [Collector.Entry] {
    if prunes, let term = query.soleTerm() { return try TermSearch(term, limit: limit, floor: floor).run() }
    if prunes, let phrase = try query.solePhrase() { return DensePhraseSearch(phrase, limit: limit, floor: floor).run() }
    let scorer = try query.scorer()
    let documents = UInt32(query.range.lowerBound)..<UInt32(query.range.upperBound)
    if prunes, let found = try scorer.leastScore(ofBest: limit, among: documents), found > 0 { floor = max(floor, found - step) }
    var search = RankedSearch(scorer, among: documents, limit: limit, floor: floor, prunes: prunes)
    let entries = try search.run()
    matchCount += search.candidateCount
    return entries
  }

  /// - Parameter matchCount: is increased by the number of matching documents where nothing is pruned.
  private func find(
    _ plan: QueryPlan, _ ranking: DocumentRanking, limit: Int, prunes: Bool, matchCount: inout Int
  ) throws(StorageError) -> [FoundDocument] {
    let isSole = snapshot.segments.count == 1
    var found: [RankedDocument] = []
    // What the documents of further segments must at least score to be among the best, less one step: ties are decided later.
    var floor = -1.0
    for (index, segment) in snapshot.segments.enumerated() {
      let entries: [Collector.Entry]
      if ranking == .relevance, prunes, let known = try plan.leastScore(ofBest: limit, inSegment: index), known > 0 {
        floor = max(floor, known - plan.scoring.step)
      }
      if ranking == .relevance {
        entries = try best(
          try plan.query(onSegment: index), limit: limit, floor: &floor, step: plan.scoring.step, prunes: prunes,
          matchCount: &matchCount)
      } else {
        let scorer = try plan.scorer(forSegment: index, scores: true)
        entries = try DatedSearch(scorer, segment: segment, isNewestFirst: ranking == .newest, limit: limit).run()
      }
      if ranking == .relevance, entries.count == limit, entries[limit - 1].score > 0 {
        floor = max(floor, entries[limit - 1].score - plan.scoring.step)
      }
      if isSole { return entries.map { FoundDocument(segment: 0, document: Int($0.document), score: $0.score) } }
      for entry in entries { found.append(RankedDocument(entry: entry, segmentIndex: index, segment: segment)) }
    }
    try RankedDocument.sort(&found)
    return found.prefix(limit).map {
      FoundDocument(segment: $0.segmentIndex, document: Int($0.entry.document), score: $0.entry.score)
    }
  }
}

/// A document found in one segment, to be ordered among those of others.
private struct RankedDocument {
  let entry: Collector.Entry
  let segmentIndex: Int
  let segment: SegmentReader

  /// Orders documents of several segments: by priority, then newest first, then by id.
  static func sort(_ documents: inout [RankedDocument]) throws(StorageError) {
    var failure: StorageError?
    documents.sort { left, right in
      if left.entry.priority != right.entry.priority { return left.entry.priority > right.entry.priority }
      if left.segmentIndex == right.segmentIndex { return left.entry.document < right.entry.document }
      do throws(StorageError) {
        let leftKey = try left.segment.sortKey(Int(left.entry.document))
        let rightKey = try right.segment.sortKey(Int(right.entry.document))
        if leftKey != rightKey { return leftKey > rightKey }
        return try left.segment.idBytes(Int(left.entry.document))
          .lexicographicallyPrecedes(right.segment.idBytes(Int(right.entry.document)))
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
  }
}
