import IndexStorage
import InvertedIndex

/// The documents of a frequent word, told by its bitmap alone; adds nothing. For counting, where postings need not be opened.
final class BitmapScorer: Scorer {
  let cost: Int
  private let documents: DocumentBitmap

  init(_ documents: DocumentBitmap, documentCount: Int) {
    self.documents = documents
    cost = documentCount
  }

  var bitmap: DocumentBitmap? { documents }

  func nextCandidate(from target: UInt32) -> UInt32 { target }
  func bound(_ window: DocumentWindow) -> Double { 0 }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) {
    for document in window.start..<window.end where documents.contains(document) { candidates.append(document) }
  }

  func add(to candidates: inout Candidates, above threshold: Double) {
    candidates.withAll { found, _, marks in
      for index in found.indices where documents.contains(found[index]) { marks[index] = true }
    }
  }

  func addReach(to candidates: inout Candidates) {}

  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) -> Bool {
    documents.removeOthers(in: window, from: &bits)
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {
    if documents.insertMatches(in: window, into: &bits) { return }
    for document in window.start..<window.end where documents.contains(document) {
      bits[Int(document - window.start) >> 6] |= 1 << UInt64((document - window.start) & 63)
    }
  }
}

extension DocumentBitmap {
  /// Removes from the bits of a window the documents that are not in the bitmap; false, and nothing done, where the window does not
  /// start at a whole word.
  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) -> Bool {
    guard window.start & 63 == 0 else { return false }
    let first = Int(window.start) >> 6
    for word in 0..<window.wordCount { bits[word] &= present[first + word] }
    return true
  }

  /// Sets the bits of the documents of a window that are in the bitmap; false, and nothing done, where the window does not start
  /// at a whole word.
  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) -> Bool {
    guard window.start & 63 == 0 else { return false }
    let first = Int(window.start) >> 6
    for word in 0..<window.wordCount { bits[word] |= present[first + word] }
    return true
  }
}
