import BitKernels
import IndexStorage
import InvertedIndex

/// The documents that a bitmap holds; adds nothing. For counting a frequent word, whose postings need not be opened, and for
/// leaving out deleted documents.
final class BitmapScorer: Scorer {
  let cost: Int
  private let documents: DocumentBitmap

  /// - Parameter cost: see ``Scorer/cost``.
  init(_ documents: DocumentBitmap, cost: Int) {
    self.documents = documents
    self.cost = cost
  }

  var bitmaps: [DocumentBitmap] { [documents] }

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
    intersectBits(documents.present, from: window.firstWord, count: window.wordCount, into: &bits)
    return true
  }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) {
    uniteBits(documents.present, from: window.firstWord, count: window.wordCount, into: &bits)
  }
}
