import IndexStorage
import InvertedIndex
import QueryLanguage

/// What is known of one word of a query: its entry in each segment, and its idf in the snapshot.
struct PlannedTerm {
  let idf: Double
  /// By segment; nil where the word is not in it.
  let entries: [TermEntry?]

  /// Looks a word up.
  init(_ text: String, in snapshot: IndexSnapshot, documentCount total: Int) throws(StorageError) {
    var entries: [TermEntry?] = []
    entries.reserveCapacity(snapshot.segments.count)
    var documentCount = 0
    for segment in snapshot.segments {
      let entry = try segment.terms.find(text)
      documentCount += entry?.documentCount ?? 0
      entries.append(entry)
    }
    self.entries = entries
    idf = Scoring.inverseDocumentFrequency(documentCount: documentCount, of: total)
  }
}

/// A part of a query with its words looked up: the shape of ``Query``, and what its scorers need.
indirect enum PlannedQuery {
  case everything
  case nothing
  /// A word, in one text field of the schema or in any, with the product of the weights above it.
  case term(PlannedTerm, field: Int?, boost: Double)
  /// Words side by side, in one text field or in any, with the sum of the idf of the word at each place times its boosts.
  case phrase(PlannedPhrase, field: Int?, weight: Double)
  case keyword(field: Int?, value: String)
  case date(DateRange)
  case and([PlannedQuery])
  case or([PlannedQuery])
  case not(PlannedQuery)
  case required(PlannedQuery, optional: [PlannedQuery])
}

extension PlannedQuery {
  /// Whether it is a condition on dates.
  var isDate: Bool { if case .date = self { true } else { false } }

  /// Whether it is parts that must all match.
  var isConjunction: Bool { if case .and = self { true } else { false } }

  /// The parts that must all match: itself, if there is only one.
  var conjuncts: [PlannedQuery] { if case .and(let parts) = self { parts } else { [self] } }

  /// The posting list that holds all that it asks for in a segment; nil where there is none.
  func soleList(
    inSegment index: Int, _ segment: SegmentReader
  ) -> (entry: TermEntry, lists: PostingLists, weight: Double)? {
    switch self {
    case .term(let term, field: nil, let boost): return term.entries[index].map { ($0, segment.words, term.idf * boost) }
    case .phrase(let phrase, field: nil, let weight):
      guard case .pair(let entry) = phrase.methods[index] else { return nil }
      return (entry, segment.pairs.lists, weight)
    default: return nil
    }
  }

  /// Whether there is a phrase in it that can only be found by positions.
  var needsPositions: Bool {
    switch self {
    case .everything, .nothing, .term, .keyword, .date: false
    case .phrase(let phrase, _, _): phrase.needsPositions
    case .and(let parts), .or(let parts): parts.contains { $0.needsPositions }
    case .not(let part): part.needsPositions
    case .required(let part, let optional): part.needsPositions || optional.contains { $0.needsPositions }
    }
  }
}
