import BitKernels
import IndexStorage
import InvertedIndex

/// The documents that contain a word, in any field or in one.
///
/// Two cursors on one list: one tells documents apart, the other follows behind and decodes occurrences only of blocks that
/// hold a document to be scored.
final class TermScorer: Scorer {
  private var matching: PostingsCursor
  private var scoring: PostingsCursor
  private let frequencies: FieldFrequencies
  private let weight: Double

  /// A scorer of the postings of one word; the weight is its idf times its boosts.
  init(
    matching: consuming PostingsCursor, scoring: consuming PostingsCursor, frequencies: FieldFrequencies, weight: Double
  ) {
    self.matching = matching
    self.scoring = scoring
    self.frequencies = frequencies
    self.weight = weight
  }

  var cost: Int { matching.entry.documentCount }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    guard try matching.advance(toBlockWith: target) else { return .max }
    return matching.documents[lowerBound(of: target, in: matching.documents, from: 0, count: matching.count)]
  }

  func filter(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    // With few documents left it is cheaper to look each up than to decode every block of the window.
    if bits.count < 32 { try lookUp(window, &bits) } else { try intersect(window, &bits) }
  }

  private func intersect(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    var present = WindowBits()
    var target = window.start
    while target < window.end, try matching.advance(toBlockWith: target) {
      if frequencies.field != nil { try matching.loadFieldCounts() }
      let first = lowerBound(of: target, in: matching.documents, from: 0, count: matching.count)
      for index in first..<matching.count {
        let document = matching.documents[index]
        guard document < window.end else { break }
        if frequencies.matches(matching, index) { present.insert(Int(document - window.start)) }
      }
      target = matching.lastDocument + 1
    }
    bits.formIntersection(present)
  }

  private func lookUp(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    var next = bits.next(from: 0)
    var first = 0
    while let index = next {
      let document = window.start + UInt32(index)
      let previousLast = matching.count == 0 ? nil : matching.lastDocument as UInt32?
      if try matching.advance(toBlockWith: document) {
        if previousLast != matching.lastDocument { first = 0 }
        if frequencies.field != nil { try matching.loadFieldCounts() }
        first = lowerBound(of: document, in: matching.documents, from: first, count: matching.count)
        if matching.documents[first] != document || !frequencies.matches(matching, first) { bits.remove(index) }
      } else {
        bits.remove(index)
      }
      next = bits.next(from: index + 1)
    }
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError) {
    var next = documents.next(from: 0)
    while let index = next, try scoring.advance(toBlockWith: window.start + UInt32(index)) {
      try scoring.loadOccurrences()
      if frequencies.needsFieldCounts { try scoring.loadFieldCounts() }
      let start = lowerBound(of: window.start + UInt32(index), in: scoring.documents, from: 0, count: scoring.count)
      for posting in start..<scoring.count {
        let document = scoring.documents[posting]
        guard document < window.end else { break }
        let place = Int(document - window.start)
        if documents.contains(place) { scores[place] += frequencies.contribution(of: scoring, posting, weight: weight) }
      }
      let following = Int(scoring.lastDocument) + 1 - Int(window.start)
      next = following < window.count ? documents.next(from: following) : nil
    }
  }
}
