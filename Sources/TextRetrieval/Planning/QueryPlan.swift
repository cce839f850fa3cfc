import IndexStorage
import InvertedIndex
import QueryLanguage

/// A query prepared for one snapshot: statistics fixed, weights computed. Makes the scorers of each segment.
struct QueryPlan {
  let query: Query
  let snapshot: IndexSnapshot
  let scoring: Scoring
  /// By the bytes of the word: two spellings that Swift's `==` calls equal are two words.
  private let idf: [[UInt8]: Double]
  private let textFields: [TextField: Int]
  private let keywordFields: [KeywordField: Int]

  /// Looks up the statistics of every word of the query.
  init(_ query: Query, snapshot: IndexSnapshot, parameters: ScoringParameters) throws(StorageError) {
    self.query = query
    self.snapshot = snapshot
    let schema = snapshot.manifest.schema
    var textFields: [TextField: Int] = [:]
    for (index, name) in schema.textFields.enumerated() { if let field = TextField(rawValue: name) { textFields[field] = index } }
    self.textFields = textFields
    var keywordFields: [KeywordField: Int] = [:]
    for (index, name) in schema.keywordFields.enumerated() {
      if let field = KeywordField(rawValue: name) { keywordFields[field] = index }
    }
    self.keywordFields = keywordFields
    let total = snapshot.documentCount
    var idf: [[UInt8]: Double] = [:]
    var totalWeight = 0.0
    for leaf in query.leaves {
      for term in leaf.terms {
        let bytes = Array(term.utf8)
        if idf[bytes] == nil {
          var documentCount = 0
          for segment in snapshot.segments { documentCount += try segment.statistics(of: term)?.documentCount ?? 0 }
          idf[bytes] = Scoring.inverseDocumentFrequency(documentCount: documentCount, of: total)
        }
      }
      totalWeight += QueryPlan.weight(of: leaf.terms, idf) * leaf.weight
    }
    self.idf = idf
    scoring = Scoring(
      parameters: parameters, documentCount: total, wordCounts: snapshot.wordCounts, totalWeight: totalWeight)
  }

  /// The scorer of the whole query on a segment.
  func scorer(for segment: SegmentReader) throws(StorageError) -> any Scorer {
    try scorer(query, boost: 1, segment)
  }

  /// The words of the query where it is a disjunction of words in any field, under equal field weights of 1; else nil.
  ///
  /// Such a query can be searched with pruning.
  func boundedTerms(for segment: SegmentReader) throws(StorageError) -> [BoundedTerm]? {
    guard scoring.parameters.weighsAllFieldsOne, let leaves = QueryPlan.disjunction(query, boost: 1) else { return nil }
    var terms: [BoundedTerm] = []
    for leaf in leaves {
      guard let cursor = try segment.postings(for: leaf.term) else { continue }
      terms.append(
        BoundedTerm(
          cursor: cursor, weight: weight(of: [leaf.term]) * leaf.boost, scoring: scoring, lengths: segment.lengths.total))
    }
    return terms
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

  private func scorer(_ query: Query, boost: Double, _ segment: SegmentReader) throws(StorageError) -> any Scorer {
    switch query {
    case .everything: return EverythingScorer()
    case .nothing: return NothingScorer()
    case .term(let term): return try termScorer(term, boost: boost, segment)
    case .phrase(let phrase): return try phraseScorer(phrase, boost: boost, segment)
    case .keyword(let keyword):
      guard let field = keywordFields[keyword.field],
        let condition = try segment.keywordCondition(field: field, value: keyword.value)
      else { return NothingScorer() }
      return KeywordScorer(condition)
    case .date(let range): return DocumentRangesScorer(try DateCondition.documents(in: range, of: segment))
    case .and(let parts):
      return parts.isEmpty ? EverythingScorer() : ConjunctionScorer(try scorers(parts, boost: boost, segment))
    case .or(let parts):
      return parts.isEmpty ? NothingScorer() : DisjunctionScorer(try scorers(parts, boost: boost, segment))
    case .not(let part): return ComplementScorer(try scorer(part, boost: boost, segment))
    case .required(let part, let optional):
      return RequiredScorer(
        try scorer(part, boost: boost, segment), optional: try scorers(optional, boost: boost, segment))
    case .boosted(let part, let weight): return try scorer(part, boost: boost * weight, segment)
    }
  }

  private func scorers(_ parts: [Query], boost: Double, _ segment: SegmentReader) throws(StorageError) -> [any Scorer] {
    var scorers: [any Scorer] = []
    for part in parts { scorers.append(try scorer(part, boost: boost, segment)) }
    return scorers
  }

  private func termScorer(_ term: Query.Term, boost: Double, _ segment: SegmentReader) throws(StorageError) -> any Scorer {
    guard let matching = try segment.postings(for: term.text), let scoringCursor = try segment.postings(for: term.text) else {
      return NothingScorer()
    }
    return TermScorer(
      matching: matching, scoring: scoringCursor,
      frequencies: FieldFrequencies(field: term.field.flatMap { textFields[$0] }, scoring: scoring, segment: segment),
      weight: weight(of: [term.text]) * boost)
  }

  private func phraseScorer(_ phrase: Query.Phrase, boost: Double, _ segment: SegmentReader) throws(StorageError) -> any Scorer {
    var words: [PhraseScorer.Word] = []
    let terms = phrase.terms.map { Array($0.utf8) }
    for (place, term) in terms.enumerated() where terms.firstIndex(of: term) == place {
      guard let cursor = try segment.postings(for: phrase.terms[place]) else { return NothingScorer() }
      let places = terms.indices.filter { terms[$0] == term }.map(UInt32.init)
      words.append(PhraseScorer.Word(cursor: cursor, places: places))
    }
    guard !words.isEmpty else { return NothingScorer() }
    return PhraseScorer(
      words: words,
      frequencies: FieldFrequencies(field: phrase.field.flatMap { textFields[$0] }, scoring: scoring, segment: segment),
      fieldCount: snapshot.manifest.schema.textFields.count,
      weight: weight(of: phrase.terms) * boost)
  }

  private func weight(of terms: [String]) -> Double { QueryPlan.weight(of: terms, idf) }

  /// The sum of the words' idf in their order.
  private static func weight(of terms: [String], _ idf: [[UInt8]: Double]) -> Double {
    terms.reduce(0) { $0 + (idf[Array($1.utf8)] ?? 0) }
  }
}
