import IndexStorage
import InvertedIndex

/// A query on one segment, to find its best documents: what it asks for, among a range of documents.
///
/// Documents lie by date, so that a condition on dates beside others is mostly one range of them. It is taken out of the query then:
/// whatever finds documents need not ask for it again and again, and what bounds the scores of all bounds those of the range.
struct SegmentQuery {
  /// The documents that count.
  let range: Range<Int>
  /// What they are to match.
  private let query: PlannedQuery
  private let scoring: Scoring
  private let segment: SegmentReader
  private let index: Int
  private let plan: SegmentPlan

  /// - Parameter index: the place of the segment in the snapshot.
  init(_ query: PlannedQuery, scoring: Scoring, segment: SegmentReader, index: Int) throws(StorageError) {
    self.scoring = scoring
    self.segment = segment
    self.index = index
    plan = SegmentPlan(scoring: scoring, segment: segment, index: index, scores: true)
    var range = 0..<segment.documentCount
    guard case .and(let parts) = query, parts.contains(where: \.isDate) else {
      self.range = range
      self.query = query
      return
    }
    var others: [PlannedQuery] = []
    for part in parts {
      if case .date(let dates) = part {
        let ranges = try DateCondition.documents(in: dates, of: segment)
        if ranges.count <= 1 {
          range = (ranges.first ?? 0..<0).clamped(to: range)
          continue
        }
      }
      others.append(part)
    }
    self.range = range
    self.query = others.count == 1 ? others[0] : .and(others)
  }

  /// The scorer of the query; deleted documents do not match it.
  func scorer() throws(StorageError) -> any Scorer { try plan.rootScorer(query) }

  // Where nothing is deleted and the usual parameters hold, some queries have searches of their own. Where nothing counts, all that
  // match are as good, and none exceeds a threshold.
  private var isUsual: Bool { scoring.parameters.areThoseOfImpacts && segment.deleted == nil }

  /// The only list that the query asks about; nil for any other query.
  func soleTerm() -> TermSearch.Term? {
    guard isUsual, let list = query.soleList(inSegment: index, segment), list.weight > 0 else { return nil }
    return TermSearch.Term(
      entry: list.entry, lists: list.lists, range: range,
      formula: TermFormula(weight: list.weight, scoring: scoring, normalizations: plan.normalizations),
      scoring: scoring, weight: list.weight, factors: scoring.impactFactors(of: segment))
  }

  /// The only phrase that the query asks about, where its words are all frequent; nil for any other query.
  func solePhrase() throws(StorageError) -> DensePhraseSearch.Phrase? {
    guard isUsual, case .phrase(let phrase, field: nil, let weight) = query, weight > 0,
      case .positions(let lists) = phrase.methods[index], let words = try plan.densePhrase(lists)
    else { return nil }
    return DensePhraseSearch.Phrase(
      words: words, range: range,
      formula: PhraseFormula(frequencies: nil, weight: weight, scoring: scoring, normalizations: plan.normalizations),
      bounds: plan.shareBounds(weight: weight), step: scoring.step)
  }
}
