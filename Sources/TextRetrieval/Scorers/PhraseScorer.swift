import IndexStorage
import InvertedIndex

/// The documents in which words stand side by side, in any field or in one.
///
/// The word in the fewest documents leads; positions are decoded only where all words meet in a document whose occurrences could
/// lift it above the threshold.
final class PhraseScorer: Scorer {
  /// One different word of the phrase, and the places where it must stand.
  final class Word {
    fileprivate var cursor: PostingsCursor
    /// Places in the phrase, from 0.
    fileprivate let places: [UInt32]
    fileprivate var bounds: TermBounds
    fileprivate var positions: [UInt32] = []
    /// Where the document at hand is in the cursor's block.
    fileprivate var index = 0

    /// - Parameter bounds: those of the whole phrase, as if it occurred as often as the word.
    init(cursor: consuming PostingsCursor, places: [UInt32], bounds: TermBounds) {
      self.cursor = cursor
      self.places = places
      self.bounds = bounds
    }

    fileprivate var documentCount: Int { cursor.entry.documentCount }

    /// Moves to a document; false where the word is not in it.
    fileprivate func find(_ document: UInt32) throws(StorageError) -> Bool {
      guard try cursor.move(toBlockWith: document), let index = try cursor.index(of: document) else { return false }
      self.index = index
      return true
    }

    fileprivate func occurrences() throws(StorageError) -> UInt32 {
      try cursor.occurrenceCount(at: index)
    }

    fileprivate func readPositions() throws(StorageError) {
      positions.removeAll(keepingCapacity: true)
      try cursor.readPositions(at: index, into: &positions)
    }
  }

  private let words: [Word]
  /// How occurrences count by field; nil where they all count the same.
  private let frequencies: FieldFrequencies?
  private let weight: Double
  private let scoring: Scoring
  private let normalizations: [Double]
  private var starts: [UInt32] = []
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  /// - Parameters:
  ///   - words: the different words of the phrase; every place of it belongs to one.
  ///   - weight: the sum of the words' idf, times the phrase's boosts.
  init(words: [Word], frequencies: FieldFrequencies?, weight: Double, scoring: Scoring, normalizations: [Double]) {
    self.words = words.sorted { $0.documentCount < $1.documentCount }
    self.frequencies = frequencies
    self.weight = weight
    self.scoring = scoring
    self.normalizations = normalizations
  }

  var cost: Int { words[0].documentCount }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    let lead = words[0]
    guard try lead.cursor.move(toBlockWith: target) else { return .max }
    return try lead.cursor.firstDocument(from: target)
  }

  func boundEnd(from start: UInt32) throws(StorageError) -> UInt32 {
    try words[0].bounds.blockEnd(reaching: start, &words[0].cursor)
  }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var least = Double.infinity
    for word in words { least = min(least, try word.bounds.bound(window, &word.cursor)) }
    maximum = least
    return least
  }

  func collect(_ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates) throws(StorageError) {
    let threshold = candidates.wantsScores ? threshold : -1
    let lead = words[0]
    var target = window.start
    while target < window.end {
      if threshold >= 0, try lead.bounds.blockBound(reaching: target, &lead.cursor) <= threshold {
        target = try lead.bounds.blockEnd(reaching: target, &lead.cursor)
        continue
      }
      guard try lead.cursor.advance(toBlockWith: target) else { return }
      lead.index = lead.cursor.place(from: target)
      while lead.index < lead.cursor.count {
        let document = lead.cursor.document(at: lead.index)
        if document >= window.end { return }
        if let score = try score(of: document, above: threshold) { candidates.append(document, score: score) }
        lead.index += 1
      }
      target = lead.cursor.lastDocument + 1
    }
  }

  func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      for index in documents.indices {
        guard try words[0].find(documents[index]), let score = try score(of: documents[index], above: -1) else { continue }
        marks[index] = true
        scores[index] += score
      }
    }
  }

  func addReach(to candidates: inout Candidates) { candidates.addReach(max(0, maximum)) }

  func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    var matched = Candidates(wantsScores: false)
    try collect(window, above: -1, into: &matched)
    for index in 0..<matched.count {
      let place = Int(matched.document(index) - window.start)
      bits[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// The score of a document that the first word was found in, or nil where the phrase is not in it or the score cannot exceed
  /// the threshold.
  private func score(of document: UInt32, above threshold: Double) throws(StorageError) -> Double? {
    for index in 1..<words.count {
      guard try words[index].find(document) else { return nil }
    }
    let normalization = normalizations[Int(document)]
    if threshold >= 0, frequencies == nil {
      var most = UInt32.max
      for word in words { most = min(most, try word.occurrences()) }
      let bound = scoring.contribution(weight: weight, frequency: Double(most), normalization: normalization * (1 - 0x1p-48))
      if bound <= threshold { return nil }
    }
    for index in words.indices {
      try words[index].readPositions()
      guard narrowStarts(by: words[index], isFirst: index == 0) else { return nil }
    }
    guard let frequency = frequencies.map({ $0.frequency(at: starts, document: Int(document)) }) ?? Double(starts.count) else {
      return nil
    }
    return scoring.contribution(weight: weight, frequency: frequency, normalization: normalization)
  }

  /// Keeps the starts at which the word stands at all its places; false where none is left.
  private func narrowStarts(by word: Word, isFirst: Bool) -> Bool {
    for (number, place) in word.places.enumerated() {
      if isFirst && number == 0 {
        starts.removeAll(keepingCapacity: true)
        for position in word.positions where position >= place { starts.append(position - place) }
      } else {
        intersectStarts(with: word.positions, place: place)
      }
      if starts.isEmpty { return false }
    }
    return true
  }

  private func intersectStarts(with positions: [UInt32], place: UInt32) {
    var kept = 0
    var next = 0
    for start in starts {
      while next < positions.count, positions[next] < start + place { next += 1 }
      if next < positions.count, positions[next] == start + place {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeLast(starts.count - kept)
  }
}
