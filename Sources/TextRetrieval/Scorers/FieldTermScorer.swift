import IndexStorage
import InvertedIndex

/// The documents that contain a word in a field, or in any where fields weigh differently.
final class FieldTermScorer: Scorer {
  private var cursor: PostingsCursor
  private var bounds: TermBounds
  private let frequencies: FieldFrequencies
  private let weight: Double
  private let scoring: Scoring
  private let normalizations: [Double]
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  /// A scorer of the postings of one word; the weight is its idf times its boosts.
  init(
    _ cursor: consuming PostingsCursor, field: Int?, weight: Double, scoring: Scoring, normalizations: [Double],
    segment: SegmentReader
  ) {
    cost = cursor.entry.documentCount
    self.cursor = cursor
    self.weight = weight
    self.scoring = scoring
    self.normalizations = normalizations
    frequencies = FieldFrequencies(field: field, scoring: scoring, segment: segment)
    bounds = TermBounds(weight: weight, field: field, scoring: scoring, segment: segment)
  }

  let cost: Int

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    guard try cursor.move(toBlockWith: target) else { return .max }
    return try cursor.firstDocument(from: target)
  }

  func boundEnd(from start: UInt32) throws(StorageError) -> UInt32 { try bounds.blockEnd(reaching: start, &cursor) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try bounds.bound(window, &cursor)
    return maximum
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    var target = window.start
    while target < window.end {
      if threshold >= 0, try bounds.blockBound(reaching: target, &cursor) <= threshold {
        target = try bounds.blockEnd(reaching: target, &cursor)
        continue
      }
      guard try cursor.advance(toBlockWith: target) else { return }
      try cursor.loadFieldCounts()
      var index = cursor.place(from: target)
      while index < cursor.count, cursor.document(at: index) < window.end {
        if frequencies.matches(cursor, index) {
          let score = contribution(at: index)
          if score > threshold { candidates.append(cursor.document(at: index), score: score) }
        }
        index += 1
      }
      target = cursor.lastDocument + 1
    }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    let wantsScores = candidates.wantsScores
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      for index in documents.indices {
        guard try cursor.move(toBlockWith: documents[index]) else { return }
        guard let place = try cursor.index(of: documents[index]) else { continue }
        try cursor.loadFieldCounts()
        guard frequencies.matches(cursor, place) else { continue }
        marks[index] = true
        if wantsScores { scores[index] += contribution(at: place) }
      }
    }
  }

  func addReach(to candidates: inout Candidates) { candidates.addReach(max(0, maximum)) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    var target = window.start
    while target < window.end, try cursor.advance(toBlockWith: target) {
      if frequencies.field == nil {
        try cursor.insertDocuments(from: window.start, into: &bits)
      } else {
        try cursor.loadFieldCounts()
        for index in 0..<cursor.count where frequencies.matches(cursor, index) {
          let document = cursor.document(at: index)
          guard document >= window.start, document < window.end else { continue }
          bits[Int(document - window.start) >> 6] |= 1 << UInt64((document - window.start) & 63)
        }
      }
      if cursor.lastDocument >= window.end { return }
      target = cursor.lastDocument + 1
    }
  }

  private func contribution(at index: Int) -> Double {
    scoring.contribution(
      weight: weight, frequency: frequencies.frequency(of: cursor, index),
      normalization: normalizations[Int(cursor.document(at: index))])
  }
}
