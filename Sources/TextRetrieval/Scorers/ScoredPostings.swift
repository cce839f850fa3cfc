import BitKernels
import IndexStorage
import InvertedIndex

/// The postings of one word with what scores them: the inner loops of ``TermScorer``, in a structure of their own so that they
/// work on plain memory.
struct ScoredPostings: ~Copyable {
  private var cursor: PostingsCursor
  private var bounds: TermBounds
  private let formula: TermFormula
  private var contributions = ContributionBlock(repeating: 0)
  /// The documents of a frequent word, document i as bit i.
  let bitmap: DocumentBitmap?
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0
  private var selection: BlockSelection?

  init(
    _ cursor: consuming PostingsCursor, bitmap: DocumentBitmap?, bounds: TermBounds, weight: Double, scoring: Scoring,
    normalizations: [Double]
  ) {
    self.cursor = cursor
    self.bitmap = bitmap
    self.bounds = bounds
    formula = TermFormula(weight: weight, rounding: scoring.rounding, normalizations: normalizations)
  }

  mutating func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    guard try cursor.move(toBlockWith: target) else { return .max }
    return try cursor.firstDocument(from: target)
  }

  mutating func boundEnd(from start: UInt32) throws(StorageError) -> UInt32 {
    try bounds.blockEnd(reaching: start, &cursor)
  }

  mutating func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try bounds.bound(window, &cursor)
    return maximum
  }

  /// Adds to what candidates can still reach.
  func addReach(to candidates: inout Candidates) {
    let maximum = max(0, maximum)
    candidates.withReach { documents, reach in
      if let bitmap {
        addWherePresent(documents, in: bitmap.present.span, maximum, to: &reach)
      } else {
        for index in documents.indices { reach[index] += maximum }
      }
    }
  }

  mutating func collect(
    _ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    var target = window.start
    while target < window.end {
      if threshold >= 0, try bounds.blockBound(reaching: target, &cursor) <= threshold {
        target = try bounds.blockEnd(reaching: target, &cursor)
        continue
      }
      guard try cursor.advance(toBlockWith: target) else { return }
      let range = range(from: target, to: window.end)
      if candidates.wantsScores {
        try score(range)
        candidates.append(cursor.documents, contributions.span, range: range, above: threshold)
      } else {
        candidates.append(cursor.documents, range: range)
      }
      target = cursor.lastDocument + 1
    }
  }

  /// As above, but only documents that all bitmaps hold: nothing else of others is decoded.
  mutating func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    var selection = selection.take() ?? BlockSelection()
    var target = window.start
    while target < window.end {
      if threshold >= 0, try bounds.blockBound(reaching: target, &cursor) <= threshold {
        target = try bounds.blockEnd(reaching: target, &cursor)
        continue
      }
      guard try cursor.advance(toBlockWith: target) else { break }
      let range = range(from: target, to: window.end)
      target = cursor.lastDocument + 1
      let count = selection.select(range, of: cursor, among: bitmaps)
      guard count > 0 else { continue }
      try cursor.loadOccurrences()
      selection.gatherPostings(of: cursor, count: count)
      formula.score(count, of: selection, into: &contributions)
      candidates.append(selection.documents.span, contributions.span, range: 0..<count, above: threshold)
    }
    self.selection = consume selection
  }

  mutating func accumulate(
    _ window: DocumentWindow, above threshold: Double, into scores: inout WindowScores
  ) throws(StorageError) {
    var target = window.start
    while target < window.end {
      if threshold >= 0, try bounds.blockBound(reaching: target, &cursor) <= threshold {
        target = try bounds.blockEnd(reaching: target, &cursor)
        continue
      }
      guard try cursor.advance(toBlockWith: target) else { return }
      let range = range(from: target, to: window.end)
      try score(range)
      scores.add(contributions.span, documents: cursor.documents, range: range, in: window)
      target = cursor.lastDocument + 1
    }
  }

  /// The places in the current block of the documents from one to before another.
  private func range(from start: UInt32, to end: UInt32) -> Range<Int> {
    let documents = cursor.documents
    let first = documents[0] >= start ? 0 : lowerBound(of: start, in: documents)
    return first..<(cursor.lastDocument < end ? documents.count : lowerBound(of: end, in: documents, from: first))
  }

  private mutating func score(_ range: Range<Int>) throws(StorageError) {
    try cursor.loadOccurrences()
    formula.score(range, of: cursor, into: &contributions)
  }

  mutating func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    let wantsScores = candidates.wantsScores
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      if wantsScores, threshold >= 0 {
        try look(up: documents, above: threshold, &scores, &marks)
      } else {
        try look(up: documents, wantsScores: wantsScores, &scores, &marks)
      }
    }
  }

  private mutating func look(
    up documents: Span<UInt32>, wantsScores: Bool, _ scores: inout MutableSpan<Double>, _ marks: inout MutableSpan<Bool>
  ) throws(StorageError) {
    for index in documents.indices {
      let document = documents[index]
      if let bitmap {
        guard bitmap.contains(document) else { continue }
        marks[index] = true
        if !wantsScores { continue }
        if !bitmap.repeats(document) {
          scores[index] += formula.contribution(of: document, occurrences: 1)
          continue
        }
      }
      guard try cursor.move(toBlockWith: document) else { return }
      guard let place = try cursor.index(of: document) else { continue }
      marks[index] = true
      if wantsScores {
        scores[index] += formula.contribution(of: document, occurrences: try cursor.occurrenceCount(at: place))
      }
    }
  }

  /// As below, but blocks whose best document could not lift a candidate above the threshold are not decoded.
  private mutating func look(
    up documents: Span<UInt32>, above threshold: Double, _ scores: inout MutableSpan<Double>, _ marks: inout MutableSpan<Bool>
  ) throws(StorageError) {
    for index in documents.indices {
      let document = documents[index]
      if let bitmap {
        guard bitmap.contains(document) else { continue }
        if !bitmap.repeats(document) {
          scores[index] += formula.contribution(of: document, occurrences: 1)
          continue
        }
      }
      let bound = try bounds.blockBound(reaching: document, &cursor)
      if bound < 0 { return }
      if scores[index] + bound <= threshold { continue }
      guard try cursor.move(toBlockWith: document) else { return }
      guard let place = try cursor.index(of: document) else { continue }
      marks[index] = true
      scores[index] += formula.contribution(of: document, occurrences: try cursor.occurrenceCount(at: place))
    }
  }

  /// Removes from bits the documents without the word; false where that is not quickly done.
  func removeOthers(in window: DocumentWindow, from bits: inout MutableSpan<UInt64>) -> Bool {
    guard let bitmap, window.start & 63 == 0 else { return false }
    let first = Int(window.start) >> 6
    for word in 0..<window.wordCount { bits[word] &= bitmap.present[first + word] }
    return true
  }

  mutating func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    if let bitmap, window.start & 63 == 0 {
      let first = Int(window.start) >> 6
      for word in 0..<window.wordCount { bits[word] |= bitmap.present[first + word] }
      return
    }
    var target = window.start
    while target < window.end, try cursor.move(toBlockWith: target) {
      try cursor.insertDocuments(from: window.start, into: &bits)
      if cursor.lastDocument >= window.end { return }
      target = cursor.lastDocument + 1
    }
  }
}

/// Some postings of a block.
private struct BlockSelection: ~Copyable {
  private var places = IntegerBlock.zeros
  private(set) var documents = IntegerBlock.zeros
  private(set) var occurrences = IntegerBlock.zeros

  /// Finds the places in a range of a cursor's block whose documents all bitmaps hold; returns how many there are.
  mutating func select(_ range: Range<Int>, of cursor: borrowing PostingsCursor, among bitmaps: [DocumentBitmap]) -> Int {
    var count = range.count
    for index in 0..<count { places[index] = UInt32(range.lowerBound + index) }
    for bitmap in bitmaps { count = keepPresent(cursor.documents, in: bitmap.present.span, places: &places, count: count) }
    return count
  }

  /// Copies the postings at the places found.
  mutating func gatherPostings(of cursor: borrowing PostingsCursor, count: Int) {
    gather(cursor.documents, at: places, count: count, into: &documents)
    gather(cursor.occurrences, at: places, count: count, into: &occurrences)
  }
}

/// The score that one word gives to documents.
private struct TermFormula {
  let weight: Double
  let rounding: Double
  let normalizations: [Double]

  /// Scores a part of a cursor's block.
  @inline(__always)
  func score(_ range: Range<Int>, of cursor: borrowing PostingsCursor, into contributions: inout ContributionBlock) {
    scoreBlock(
      documents: cursor.documents, occurrences: cursor.occurrences, range: range, normalizations: normalizations,
      weight: weight, rounding: rounding, into: &contributions)
  }

  /// Scores the first documents of a selection.
  func score(_ count: Int, of selection: borrowing BlockSelection, into contributions: inout ContributionBlock) {
    scoreBlock(
      documents: selection.documents.span, occurrences: selection.occurrences.span, range: 0..<count,
      normalizations: normalizations, weight: weight, rounding: rounding, into: &contributions)
  }

  /// As ``Scoring/contribution(weight:frequency:normalization:)``.
  @inline(__always)
  func contribution(of document: UInt32, occurrences: UInt32) -> Double {
    let frequency = Double(Int32(truncatingIfNeeded: occurrences))
    return (weight * frequency / (frequency + normalizations[Int(document)]) + rounding) - rounding
  }
}
