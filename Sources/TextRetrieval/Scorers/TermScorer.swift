import BitKernels
import IndexStorage
import InvertedIndex

/// The documents that contain a word, in any field, where all fields weigh the same.
final class TermScorer: Scorer {
  private let postings: OwnedValue<ScoredPostings>
  let cost: Int

  /// A scorer of the postings of one word.
  init(_ postings: consuming BoundedPostings, dense: DensePostings?, formula: TermFormula) {
    cost = postings.cursor.entry.documentCount
    self.postings = OwnedValue(ScoredPostings(postings, dense: dense, formula: formula))
  }

  /// What no contribution of the word exceeds.
  var greatest: Double { postings.value.greatest }

  /// As ``ScoredPostings/seed(_:)``.
  func seed(_ candidates: inout Candidates) throws(StorageError) { try postings.value.seed(&candidates) }

  /// Makes windows that were asked about open to be asked about again.
  func returnToStart() { postings.value.returnToStart() }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try postings.value.nextCandidate(from: target) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double { try postings.value.bound(window) }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    try postings.value.collect(window, above: threshold, into: &candidates)
  }

  var bitmaps: [DocumentBitmap] { postings.value.dense.map { [$0.documents] } ?? [] }

  func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    if bitmaps.isEmpty || !candidates.wantsScores {
      try postings.value.collect(window, above: threshold, into: &candidates)
      for bitmap in bitmaps { candidates.keep(in: bitmap) }
    } else {
      try postings.value.collect(window, among: bitmaps, above: threshold, into: &candidates)
    }
  }

  func accumulate(
    _ window: DocumentWindow, above threshold: Double, into scores: inout WindowScores
  ) throws(StorageError) {
    try postings.value.accumulate(window, above: threshold, into: &scores)
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    try postings.value.add(to: &candidates, above: threshold)
  }

  func addReach(to candidates: inout Candidates) { postings.value.addReach(to: &candidates) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    try postings.value.insertMatches(in: window, into: &bits)
  }
}
