import IndexStorage
import InvertedIndex

/// The documents that contain a word in a field, or in any where fields weigh differently.
final class FieldTermScorer: Scorer {
  private var postings: BoundedPostings
  private let frequencies: FieldFrequencies
  private let weight: Double
  private let scoring: Scoring
  private let normalizations: [Double]
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  /// A scorer of the postings of one word; the weight is its idf times its boosts.
  init(
    _ postings: consuming BoundedPostings, field: Int?, weight: Double, scoring: Scoring, normalizations: [Double],
    segment: SegmentReader
  ) {
    cost = postings.cursor.entry.documentCount
    self.postings = postings
    self.weight = weight
    self.scoring = scoring
    self.normalizations = normalizations
    frequencies = FieldFrequencies(field: field, scoring: scoring, segment: segment)
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try postings.nextCandidate(from: target) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try postings.bound(window)
    return maximum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    var target = window.start
    while let range = try postings.nextBlock(from: &target, before: window.end, above: threshold) {
      try postings.cursor.loadFieldCounts()
      for index in range where frequencies.matches(postings.cursor, index) {
        let score = contribution(at: index)
        if score > threshold { candidates.append(postings.cursor.document(at: index), score: score) }
      }
    }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    let wantsScores = candidates.wantsScores
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      for index in documents.indices {
        guard try postings.cursor.move(toBlockWith: documents[index]) else { return }
        guard let place = try postings.cursor.index(of: documents[index]) else { continue }
        try postings.cursor.loadFieldCounts()
        guard frequencies.matches(postings.cursor, place) else { continue }
        marks[index] = true
        if wantsScores { scores[index] += contribution(at: place) }
      }
    }
  }

  func addReach(to candidates: inout Candidates) { candidates.addReach(max(0, maximum)) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    var target = window.start
    while target < window.end, try postings.cursor.advance(toBlockWith: target) {
      if frequencies.field == nil {
        try postings.cursor.insertDocuments(from: window.start, into: &bits)
      } else {
        try postings.cursor.loadFieldCounts()
        for index in 0..<postings.cursor.count where frequencies.matches(postings.cursor, index) {
          let document = postings.cursor.document(at: index)
          guard document >= window.start, document < window.end else { continue }
          bits[Int(document - window.start) >> 6] |= 1 << UInt64((document - window.start) & 63)
        }
      }
      if postings.cursor.lastDocument >= window.end { return }
      target = postings.cursor.lastDocument + 1
    }
  }

  private func contribution(at index: Int) -> Double {
    scoring.contribution(
      weight: weight, frequency: frequencies.frequency(of: postings.cursor, index),
      normalization: normalizations[Int(postings.cursor.document(at: index))])
  }
}
