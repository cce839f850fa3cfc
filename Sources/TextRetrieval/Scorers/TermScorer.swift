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
    return matching.firstDocument(from: target)
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
      markBlock(of: matching, from: target, window, &present)
      target = matching.lastDocument + 1
    }
    bits.formIntersection(present)
  }

  /// Marks the matching documents of a cursor's block, from a document on, that lie in the window.
  private func markBlock(
    of cursor: borrowing PostingsCursor, from target: UInt32, _ window: DocumentWindow, _ present: inout WindowBits
  ) {
    let documents = cursor.documents
    var index = lowerBound(of: target, in: documents)
    while index < documents.count, documents[index] < window.end {
      if frequencies.field == nil || frequencies.matches(cursor, index) {
        present.insert(Int(documents[index] - window.start))
      }
      index += 1
    }
  }

  private func lookUp(_ window: DocumentWindow, _ bits: inout WindowBits) throws(StorageError) {
    var next = bits.next(from: 0)
    while let index = next {
      let document = window.start + UInt32(index)
      var isMatch = false
      if try matching.advance(toBlockWith: document), let place = matching.index(of: document) {
        if frequencies.field != nil { try matching.loadFieldCounts() }
        isMatch = frequencies.matches(matching, place)
      }
      if !isMatch { bits.remove(index) }
      next = bits.next(from: index + 1)
    }
  }

  func score(_ window: DocumentWindow, _ documents: borrowing WindowBits, into scores: inout [Double]) throws(StorageError) {
    var next = documents.next(from: 0)
    while let index = next, try scoring.advance(toBlockWith: window.start + UInt32(index)) {
      try scoring.loadOccurrences()
      if frequencies.needsFieldCounts { try scoring.loadFieldCounts() }
      scoreBlock(of: scoring, from: window.start + UInt32(index), window, documents, into: &scores)
      let following = Int(scoring.lastDocument) + 1 - Int(window.start)
      next = following < window.count ? documents.next(from: following) : nil
    }
  }

  /// Scores the documents of a cursor's block, from a document on, that lie in the window and are asked for.
  private func scoreBlock(
    of cursor: borrowing PostingsCursor, from target: UInt32, _ window: DocumentWindow, _ wanted: borrowing WindowBits,
    into scores: inout [Double]
  ) {
    let documents = cursor.documents
    var index = lowerBound(of: target, in: documents)
    while index < documents.count, documents[index] < window.end {
      let place = Int(documents[index] - window.start)
      if wanted.contains(place) { scores[place] += frequencies.contribution(of: cursor, index, weight: weight) }
      index += 1
    }
  }
}
