import BitKernels
import InvertedIndex

/// The documents that have any or all of some frequent words, in any field, under the parameters that impacts stand for; adds up
/// the words. See ``DenseWords``.
final class DenseScorer: Scorer {
  private let words: OwnedValue<DenseWords>
  private let match: DenseWords.Match
  /// The documents of each word.
  private let documents: [DocumentBitmap]
  let cost: Int

  init(_ words: [DenseWord], _ match: DenseWords.Match, scoring: Scoring) {
    self.match = match
    documents = words.map { $0.postings.documents }
    let counts = words.map(\.documentCount)
    cost = match == .all ? counts.min() ?? 0 : counts.reduce(0, +)
    self.words = OwnedValue(DenseWords(words, match, scoring: scoring))
  }

  deinit { words.value.giveBack() }

  var bitmaps: [DocumentBitmap] { isConjunction ? documents : [] }

  private var isConjunction: Bool { match == .all || documents.count == 1 }

  func nextCandidate(from target: UInt32) -> UInt32 { target }

  func bound(_ window: DocumentWindow) -> Double { words.value.bound(window) }

  func leastScore(ofBest limit: Int, among documents: Range<UInt32>) -> Double? {
    words.value.leastScore(ofBest: limit, among: documents)
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) {
    words.value.collect(window, among: [], above: threshold, into: &candidates)
  }

  func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) {
    words.value.collect(window, among: bitmaps, above: threshold, into: &candidates)
  }

  func add(to candidates: inout Candidates, above threshold: Double) {
    if match == .any || documents.count == 1 {
      words.value.markMatches(&candidates)
      if candidates.wantsScores { words.value.score(&candidates, from: 0) }
      return
    }
    var matching = ScratchPool.shared.takeCandidates()
    matching.copyDocuments(of: candidates)
    narrow(&matching, above: -1)
    candidates.merge(matching)
    ScratchPool.shared.give(matching)
  }

  /// Adds the scores of any of the words, and marks nothing.
  func addScores(to candidates: inout Candidates) { words.value.score(&candidates, from: 0) }

  func addReach(to candidates: inout Candidates) { words.value.addReach(to: &candidates) }

  func narrow(_ candidates: inout Candidates, above threshold: Double) {
    // What cannot exceed the threshold goes first: little is left then.
    if candidates.wantsScores, threshold >= 0 {
      candidates.clearReach()
      words.value.addReach(to: &candidates)
      candidates.removeReaches(upTo: threshold)
    }
    if candidates.isEmpty { return }
    switch match {
    case .all: for bitmap in documents { candidates.keep(in: bitmap) }
    case .any:
      candidates.clearMarks()
      words.value.markMatches(&candidates)
      candidates.keep(marked: true)
    }
    if candidates.wantsScores { words.value.score(&candidates, from: 0) }
  }

  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) -> Bool {
    if match == .any { return false }
    let first = window.firstWord
    for bitmap in documents {
      for word in 0..<window.wordCount { bits[word] &= bitmap.present[first + word] }
    }
    return true
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {
    let first = window.firstWord
    for word in 0..<window.wordCount {
      var matching: UInt64 = match == .all ? .max : 0
      for bitmap in documents {
        if match == .all { matching &= bitmap.present[first + word] } else { matching |= bitmap.present[first + word] }
      }
      bits[word] |= matching
    }
  }
}
