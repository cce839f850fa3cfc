import BitKernels
import InvertedIndex

/// The documents that have any of some frequent words, or those that are required, in any field, under the parameters that impacts
/// stand for; adds up the words. See ``DenseWords``.
final class DenseScorer: Scorer {
  private let words: OwnedValue<DenseWords>
  /// The documents of each word, of those first that are required.
  private let documents: [DocumentBitmap]
  private let requiredCount: Int
  let cost: Int

  /// - Parameter requiredCount: documents must have so many words, the first; where it is 0, any.
  init(_ words: [DenseWord], requiredCount: Int, scoring: Scoring) {
    // One word of which any is wanted is required.
    self.requiredCount = words.count == 1 ? 1 : requiredCount
    documents = words.map { $0.postings.documents }
    let counts = words.map(\.documentCount)
    cost = self.requiredCount > 0 ? counts[..<self.requiredCount].min() ?? 0 : counts.reduce(0, +)
    self.words = OwnedValue(DenseWords(words, requiredCount: requiredCount, scoring: scoring))
  }

  deinit { words.value.giveBack() }

  var bitmaps: [DocumentBitmap] { Array(required) }

  private var required: ArraySlice<DocumentBitmap> { documents[..<requiredCount] }

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
    if requiredCount == 0 || documents.count == 1 {
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
    for bitmap in required { candidates.keep(in: bitmap) }
    if requiredCount == 0 {
      candidates.clearMarks()
      words.value.markMatches(&candidates)
      candidates.keep(marked: true)
    }
    if candidates.wantsScores { words.value.score(&candidates, from: 0) }
  }

  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) -> Bool {
    if requiredCount == 0 { return false }
    for bitmap in required {
      intersectBits(bitmap.present, from: window.firstWord, count: window.wordCount, into: &bits)
    }
    return true
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {
    let first = window.firstWord
    guard requiredCount > 1 else {
      for bitmap in requiredCount == 1 ? required : documents[...] {
        uniteBits(bitmap.present, from: first, count: window.wordCount, into: &bits)
      }
      return
    }
    for word in 0..<window.wordCount {
      var matching = UInt64.max
      for bitmap in required { matching &= bitmap.present[first + word] }
      bits[word] |= matching
    }
  }
}
