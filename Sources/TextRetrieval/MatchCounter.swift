import BitKernels
import IndexStorage

/// Counts the documents of a segment that match, without scoring them.
struct MatchCounter {
  /// Complexity: O(postings / 64) for dense lists, O(postings) for others.
  static func count(_ scorer: any Scorer, documentCount: Int) throws(StorageError) -> Int {
    var words = [UInt64](repeating: 0, count: (min(documentCount, DocumentWindow.countingSize) + 63) / 64)
    var count = 0
    var start = try scorer.nextCandidate(from: 0) & ~63
    // Windows start at whole words of bits, as bitmaps of the whole segment do.
    while start < documentCount {
      let end = min(Int(start) + DocumentWindow.countingSize, documentCount)
      let window = DocumentWindow(start: start, end: UInt32(end))
      var bits = words.mutableSpan
      try scorer.insertMatches(in: window, into: &bits)
      count += countBits(words.span.extracting(0..<window.wordCount))
      if end == documentCount { break }
      start = try scorer.nextCandidate(from: window.end) & ~63
      bits = words.mutableSpan
      bits.removeAll()
    }
    return count
  }
}
