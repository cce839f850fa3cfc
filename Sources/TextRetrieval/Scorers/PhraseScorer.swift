import IndexStorage
import InvertedIndex

/// The documents in which words stand side by side, in any field or in one.
final class PhraseScorer: Scorer {
  private let matcher: any PhraseMatcher
  private let formula: PhraseFormula
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  let cost: Int

  init(_ matcher: any PhraseMatcher, _ formula: PhraseFormula) {
    cost = matcher.documentCount
    self.matcher = matcher
    self.formula = formula
  }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try matcher.nextCandidate(from: target) }

  func stepEnd(from start: UInt32) throws(StorageError) -> UInt32 { try matcher.stepEnd(from: start) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try matcher.bound(window)
    return maximum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    try matcher.forEachMatch(in: window, worth: formula.threshold(candidates.wantsScores ? threshold : -1)) {
      document, starts in
      if let score = formula.score(document, starts) { candidates.append(document, score: score) }
    }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      // Whatever the threshold: a small score may be what the others leave wanting.
      try matcher.forEachMatch(among: documents, worth: formula.threshold(-1)) { index, starts in
        guard let score = formula.score(documents[index], starts) else { return }
        scores[index] += score
        marks[index] = true
      }
    }
  }

  func addReach(to candidates: inout Candidates) { candidates.addReach(max(0, maximum)) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    try matcher.forEachMatch(in: window, worth: formula.threshold(-1)) { document, starts in
      guard formula.score(document, starts) != nil else { return }
      bits[Int(document - window.start) >> 6] |= 1 << UInt64((document - window.start) & 63)
    }
  }
}
