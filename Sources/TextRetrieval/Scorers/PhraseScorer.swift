import BitKernels
import IndexStorage
import InvertedIndex

/// The documents in which words stand side by side, in any field or in one.
final class PhraseScorer: Scorer {
  private let matcher: OwnedValue<PhraseMatcher>
  /// How occurrences count by field; nil where they all count the same.
  private let frequencies: FieldFrequencies?
  private let weight: Double
  private let scoring: Scoring
  private let normalizations: [Double]
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  let cost: Int

  /// - Parameter weight: the sum of the words' idf, times the phrase's boosts.
  init(
    _ matcher: consuming PhraseMatcher, frequencies: FieldFrequencies?, weight: Double, scoring: Scoring,
    normalizations: [Double]
  ) {
    cost = matcher.documentCount
    self.matcher = OwnedValue(matcher)
    self.frequencies = frequencies
    self.weight = weight
    self.scoring = scoring
    self.normalizations = normalizations
  }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try matcher.value.nextCandidate(from: target) }

  func stepEnd(from start: UInt32) throws(StorageError) -> UInt32 { try matcher.value.stepEnd(from: start) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try matcher.value.bound(window)
    return maximum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    try matcher.value.forEachMatch(in: window, worth: phraseThreshold(candidates.wantsScores ? threshold : -1)) {
      document, starts in
      if let score = score(document, starts) { candidates.append(document, score: score) }
    }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      // Whatever the threshold: a small score may be what the others leave wanting.
      try matcher.value.forEachMatch(among: documents, worth: phraseThreshold(-1)) { index, starts in
        guard let score = score(documents[index], starts) else { return }
        scores[index] += score
        marks[index] = true
      }
    }
  }

  func addReach(to candidates: inout Candidates) { candidates.addReach(max(0, maximum)) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    try matcher.value.forEachMatch(in: window, worth: phraseThreshold(-1)) { document, starts in
      guard score(document, starts) != nil else { return }
      bits[Int(document - window.start) >> 6] |= 1 << UInt64((document - window.start) & 63)
    }
  }

  private func phraseThreshold(_ threshold: Double) -> PhraseThreshold {
    PhraseThreshold(threshold, weight: weight, countsAlike: frequencies == nil, normalizations: normalizations)
  }

  /// The score of a document in which the phrase starts at these positions; nil where none is in the field.
  private func score(_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Double? {
    let frequency = frequencies.map { $0.frequency(at: starts, document: Int(document)) } ?? Double(starts.count)
    guard let frequency else { return nil }
    return scoring.contribution(weight: weight, frequency: frequency, normalization: normalizations[Int(document)])
  }
}
