import BitKernels

/// A score for each document of a window, and which of them have one.
struct WindowScores {
  private var scores = [Double](repeating: 0, count: DocumentWindow.size)
  private var marks = [UInt64](repeating: 0, count: DocumentWindow.size / 64)

  /// Adds the contributions of a part of a block.
  mutating func add(
    _ contributions: borrowing ContributionBlock, documents: Span<UInt32>, range: Range<Int>, in window: DocumentWindow
  ) {
    addContributions(contributions.span, documents: documents, range: range, base: window.start, into: &scores, &marks)
  }

  /// Adds the scores of candidates.
  mutating func add(_ candidates: Candidates, in window: DocumentWindow) {
    for index in 0..<candidates.count {
      let place = Int(candidates.document(index) - window.start)
      scores[place] += candidates.score(index)
      marks[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// Hands over the documents whose score exceeds the threshold; nothing is left.
  mutating func take(above threshold: Double, in window: DocumentWindow, into candidates: inout Candidates) {
    candidates.append(&scores, &marks, of: window, above: threshold)
  }
}
