import IndexStorage

/// Finds the documents of a phrase, and where in them it starts.
protocol PhraseMatcher: AnyObject {
  /// No phrase is in more documents.
  var documentCount: Int { get }

  /// As ``Scorer/nextCandidate(from:)``.
  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32

  /// As ``Scorer/stepEnd(from:)``.
  func stepEnd(from start: UInt32) throws(StorageError) -> UInt32

  /// What no document of a window exceeds; less than 0 where none matches.
  func bound(_ window: DocumentWindow) throws(StorageError) -> Double

  /// Calls `body` with each document of a window that the phrase is in, and where it starts; some of those that cannot exceed the
  /// threshold are left out.
  func forEachMatch(
    in window: DocumentWindow, worth threshold: PhraseThreshold,
    _ body: (_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Void
  ) throws(StorageError)

  /// Calls `body` with the index of each document that the phrase is in, and where it starts.
  func forEachMatch(
    among documents: Span<UInt32>, worth threshold: PhraseThreshold, _ body: (_ index: Int, _ starts: ArraySlice<UInt32>) -> Void
  ) throws(StorageError)
}
