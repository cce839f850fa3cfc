import IndexStorage
import InvertedIndex

/// A part of a query on one segment: which documents it matches, and what it adds to their scores.
///
/// Windows come in ascending order and do not overlap. In a window a part is asked once for its documents (`collect`, `accumulate`
/// or `insertMatches`), or any number of times about documents that others found (`add`, `narrow`), which ascend from call to
/// call.
///
/// Thresholds: a document need not be brought up if its score from this part does not exceed the threshold. Scores and bounds
/// are multiples of one step (Decisions/0001), so that they may be added and subtracted without error.
protocol Scorer: AnyObject {
  /// About how many documents match; a conjunction asks the rarest part first. Computed once: a query may be 64 levels deep.
  var cost: Int { get }

  /// A document at or after `target` before which, from `target` on, nothing matches; `UInt32.max` where nothing matches any
  /// more. It need not match itself.
  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32

  /// Where a window from `start` on should end at the latest: a part that is a range of documents keeps windows to it.
  func windowEnd(from start: UInt32) -> UInt32

  /// Where a window from `start` on had better end where this is the whole query: what documents score is so costly to find out that
  /// the threshold should have risen by what was found before.
  func stepEnd(from start: UInt32) throws(StorageError) -> UInt32

  /// What no document of the window exceeds; less than 0 where none matches.
  func bound(_ window: DocumentWindow) throws(StorageError) -> Double

  /// Appends the documents of the window whose score exceeds the threshold, with their scores; others may be among them. `bound`
  /// was asked for this window before.
  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError)

  /// Bitmaps that hold together exactly the documents that match, where there are such; else none.
  var bitmaps: [DocumentBitmap] { get }

  /// What at least `limit` of a range of documents score, where it is quickly found; nil where it is not. To be asked before any
  /// window.
  func leastScore(ofBest limit: Int, among documents: Range<UInt32>) throws(StorageError) -> Double?

  /// As `collect`, but only documents that all bitmaps hold.
  func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError)

  /// Adds the scores of the documents of the window, which is not longer than ``DocumentWindow/size``, whose score from this part
  /// exceeds the threshold; those of others may be added or not.
  func accumulate(
    _ window: DocumentWindow, above threshold: Double, into scores: inout WindowScores
  ) throws(StorageError)

  /// Marks the candidates that match, and adds to their scores; those whose whole score would not exceed the threshold may be
  /// left as they are.
  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError)

  /// Adds to what each candidate can reach the most that it can get from this part; `bound` was asked for this window before.
  func addReach(to candidates: inout Candidates)

  /// Keeps the candidates that match, and adds their scores; those whose whole score would not exceed the threshold may be
  /// removed.
  func narrow(_ candidates: inout Candidates, above threshold: Double) throws(StorageError)

  // Bits: document `start + i` of the window is bit i, and `start` is a multiple of 64. Windows end at
  // such a multiple too, or with the segment, so that no bit lies past them.

  /// Removes from bits the documents of the window that do not match; false, and nothing done, where `narrow` is quicker.
  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) throws(StorageError) -> Bool

  /// Sets the bits of the documents that match.
  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError)
}

extension Scorer {
  func windowEnd(from start: UInt32) -> UInt32 { .max }

  func stepEnd(from start: UInt32) throws(StorageError) -> UInt32 { .max }

  var bitmaps: [DocumentBitmap] { [] }

  func leastScore(ofBest limit: Int, among documents: Range<UInt32>) throws(StorageError) -> Double? { nil }

  func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    try collect(window, above: threshold, into: &candidates)
    for bitmap in bitmaps { candidates.keep(in: bitmap) }
  }

  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) throws(StorageError) -> Bool { false }

  func accumulate(
    _ window: DocumentWindow, above threshold: Double, into scores: inout WindowScores
  ) throws(StorageError) {
    var candidates = Candidates(wantsScores: true)
    try collect(window, above: threshold, into: &candidates)
    scores.add(candidates, in: window)
  }

  func narrow(_ candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    if candidates.isEmpty { return }
    candidates.clearMarks()
    try add(to: &candidates, above: threshold)
    candidates.keep(marked: true)
  }
}
