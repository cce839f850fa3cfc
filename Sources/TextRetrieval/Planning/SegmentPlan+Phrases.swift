import BitKernels
import IndexStorage
import InvertedIndex

// How phrases are found.
extension SegmentPlan {
  func phraseScorer(_ phrase: PlannedPhrase, field: Int?, weight: Double) throws(StorageError) -> any Scorer {
    let lists: PlannedPhrase.Lists
    switch phrase.methods[index] {
    case .none: return NothingScorer()
    case .pair(let entry): return try listScorer(entry, of: segment.pairs.lists, field: field, weight: weight)
    case .positions(let found): lists = found
    }
    let isPlain = field == nil && scoring.parameters.weighsAllFieldsOne
    let formula = PhraseFormula(
      frequencies: isPlain ? nil : FieldFrequencies(field: field, scoring: scoring, segment: segment), weight: weight,
      scoring: scoring, normalizations: normalizations)
    if let dense = try densePhrase(lists) {
      return PhraseScorer(DensePhraseMatcher(dense, shareBounds(weight: weight)), formula)
    }
    return PhraseScorer(try listMatcher(lists, field: field, weight: weight), formula)
  }

  private func listMatcher(
    _ phrase: PlannedPhrase.Lists, field: Int?, weight: Double
  ) throws(StorageError) -> ListPhraseMatcher {
    var lists = OwnedArray<PhraseList>(capacity: phrase.conditions.count + phrase.others.count)
    let documentCount = phrase.conditions[0].entry.documentCount
    for list in phrase.conditions + phrase.others {
      let source = list.isPair ? segment.pairs.lists : segment.words
      let dense = try source.densePostings(of: list.entry)
      var positions: DensePositions?
      if let dense, !list.isPair {
        positions = try source.densePositions(of: list.entry, dense, inDocuments: documentCount)
      }
      // Bounded as the whole phrase would be if it occurred as often as the word or pair.
      lists.append(
        PhraseList(
          try boundedPostings(list.entry, of: source, field: field, weight: weight), dense: dense, densePositions: positions,
          places: list.places))
    }
    return ListPhraseMatcher(lists, conditionCount: phrase.conditions.count)
  }

  /// A phrase all of whose words and pairs are frequent, once what is to be known of them is in memory.
  func densePhrase(_ phrase: PlannedPhrase.Lists) throws(StorageError) -> DensePhrase? {
    guard scoring.parameters.areThoseOfImpacts else { return nil }
    var conditions: [DensePostings] = []
    var words: [(documentCount: Int, word: DensePhrase.Word)] = []
    for list in phrase.conditions {
      let source = list.isPair ? segment.pairs.lists : segment.words
      guard let postings = source.knownDensePostings(of: list.entry) else { return nil }
      conditions.append(postings)
    }
    for list in phrase.conditions + phrase.others where !list.isPair {
      guard let positions = segment.words.knownDensePositions(of: list.entry) else { return nil }
      words.append((list.entry.documentCount, DensePhrase.Word(positions: positions, places: list.places)))
    }
    words.sort { $0.documentCount < $1.documentCount }
    return try DensePhrase(
      conditions: conditions, words: words.map(\.word), documentCount: phrase.conditions[0].entry.documentCount)
  }

  /// What bounds a phrase of frequent words.
  func shareBounds(weight: Double) -> ShareBounds {
    ShareBounds(scoring, weight: weight, factor: scoring.impactFactors(of: segment).greatest)
  }
}
