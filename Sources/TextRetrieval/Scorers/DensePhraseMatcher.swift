import BitKernels
import InvertedIndex

/// Finds a phrase of frequent words, see ``DensePhrase``.
final class DensePhraseMatcher: PhraseMatcher {
  private let phrase: OwnedValue<DensePhrase>
  private let bounds: ShareBounds

  init(_ phrase: consuming DensePhrase, _ bounds: ShareBounds) {
    self.phrase = OwnedValue(phrase)
    self.bounds = bounds
  }

  var documentCount: Int { phrase.value.documentCount }

  func nextCandidate(from target: UInt32) -> UInt32 { phrase.value.nextCandidate(from: target) }

  func stepEnd(from start: UInt32) -> UInt32 { .max }

  func bound(_ window: DocumentWindow) -> Double {
    let share = DenseCells.greatest(phrase.value.shares.span.extracting(DensePhrase.groups(of: window)))
    return share == 0 ? -1 : bounds.bound(share)
  }

  func forEachMatch(
    in window: DocumentWindow, worth threshold: PhraseThreshold,
    _ body: (_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Void
  ) {
    let least = threshold.value < 0 ? 0 : bounds.greatestShare(notAbove: threshold.value)
    let shares = phrase.value.shares
    phrase.value.forEachMatch(
      ofGroups: DensePhrase.groups(of: window).lazy.filter { shares[$0] > least }, in: window, worth: threshold, body)
  }

  func forEachMatch(
    among documents: Span<UInt32>, worth threshold: PhraseThreshold, _ body: (_ index: Int, _ starts: ArraySlice<UInt32>) -> Void
  ) {
    phrase.value.forEachMatch(among: documents, worth: threshold, body)
  }
}
