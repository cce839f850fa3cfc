import IndexStorage

/// A part of a query on one segment: which documents of a window it matches, and what it adds to their scores.
///
/// Windows come in ascending order and do not overlap. In each window `filter` is called at most once, and then `score` at most
/// once, with documents that `filter` was given. A scorer that needs in `score` what it matched keeps it from `filter`.
protocol Scorer: AnyObject {
  /// About how many documents match; a conjunction asks the rarest part first. Computed once: a query may be 64 levels deep.
  var cost: Int { get }

  /// A document at or after `target` before which, from `target` on, nothing matches; `UInt32.max` where nothing matches any
  /// more.
  ///
  /// It need not match itself: scorers that cannot tell cheaply give back `target`.
  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32

  /// Removes from `bits` the documents that do not match.
  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError)

  /// Adds to `scores`, by document of the window, what this part gives to those of `documents` that it matches.
  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError)
}
