import IndexStorage
import InvertedIndex

/// The documents that contain a word, in any field, where all fields weigh the same.
final class TermScorer: Scorer {
  private var postings: ScoredPostings
  let cost: Int

  /// A scorer of the postings of one word.
  init(_ postings: consuming BoundedPostings, bitmap: DocumentBitmap?, formula: TermFormula) {
    cost = postings.cursor.entry.documentCount
    self.postings = ScoredPostings(postings, bitmap: bitmap, formula: formula)
  }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try postings.nextCandidate(from: target) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double { try postings.bound(window) }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    try postings.collect(window, above: threshold, into: &candidates)
  }

  var bitmap: DocumentBitmap? { postings.bitmap }

  func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    if bitmaps.isEmpty || !candidates.wantsScores {
      try postings.collect(window, above: threshold, into: &candidates)
      for bitmap in bitmaps { candidates.keep(in: bitmap) }
    } else {
      try postings.collect(window, among: bitmaps, above: threshold, into: &candidates)
    }
  }

  func accumulate(
    _ window: DocumentWindow, above threshold: Double, into scores: inout WindowScores
  ) throws(StorageError) {
    try postings.accumulate(window, above: threshold, into: &scores)
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    try postings.add(to: &candidates, above: threshold)
  }

  func addReach(to candidates: inout Candidates) { postings.addReach(to: &candidates) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    try postings.insertMatches(in: window, into: &bits)
  }
}
