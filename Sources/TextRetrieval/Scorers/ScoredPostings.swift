import BitKernels
import IndexStorage
import InvertedIndex

/// The postings of one word with what scores them: the inner loops of ``TermScorer``, in a structure of their own so that they
/// work on plain memory.
struct ScoredPostings: ~Copyable {
  private var postings: BoundedPostings
  private let formula: TermFormula
  private var contributions = ContributionBlock(repeating: 0)
  private var selection: BlockSelection?
  /// The documents of a frequent word, document i as bit i.
  let bitmap: DocumentBitmap?
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  init(_ postings: consuming BoundedPostings, bitmap: DocumentBitmap?, formula: TermFormula) {
    self.postings = postings
    self.bitmap = bitmap
    self.formula = formula
  }

  mutating func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try postings.nextCandidate(from: target) }

  mutating func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try postings.bound(window)
    return maximum
  }

  /// Adds to what candidates can still reach.
  func addReach(to candidates: inout Candidates) {
    if let bitmap {
      candidates.addReach(max(0, maximum), in: bitmap)
    } else {
      candidates.addReach(max(0, maximum))
    }
  }

  mutating func collect(
    _ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    var target = window.start
    while let range = try postings.nextBlock(from: &target, before: window.end, above: threshold) {
      if candidates.wantsScores {
        try Self.score(&postings.cursor, range, formula, &contributions)
        Self.append(&postings.cursor, range, contributions, above: threshold, to: &candidates)
      } else {
        candidates.append(postings.cursor.block.documents, range: range)
      }
    }
  }

  /// As above, but only documents that all bitmaps hold: nothing else of others is decoded.
  mutating func collect(
    _ window: DocumentWindow, among bitmaps: [DocumentBitmap], above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    var selection = selection.take() ?? BlockSelection()
    var target = window.start
    while let range = try postings.nextBlock(from: &target, before: window.end, above: threshold) {
      let count = selection.select(range, of: postings.cursor.block, among: bitmaps)
      guard count > 0 else { continue }
      try postings.cursor.loadOccurrences()
      selection.gatherPostings(of: postings.cursor.block, count: count)
      formula.score(count, of: selection, into: &contributions)
      candidates.append(selection.documents.span, contributions, range: 0..<count, above: threshold)
    }
    self.selection = consume selection
  }

  mutating func accumulate(
    _ window: DocumentWindow, above threshold: Double, into scores: inout WindowScores
  ) throws(StorageError) {
    var target = window.start
    while let range = try postings.nextBlock(from: &target, before: window.end, above: threshold) {
      try Self.score(&postings.cursor, range, formula, &contributions)
      Self.add(&postings.cursor, range, contributions, to: &scores, in: window)
    }
  }

  // Functions of the parts one by one, because a block excludes all else of the value it is part of.

  @inline(__always)
  private static func score(
    _ cursor: inout PostingsCursor, _ range: Range<Int>, _ formula: TermFormula, _ contributions: inout ContributionBlock
  ) throws(StorageError) {
    try cursor.loadOccurrences()
    formula.score(cursor.block, range, into: &contributions)
  }

  @inline(__always)
  private static func append(
    _ cursor: inout PostingsCursor, _ range: Range<Int>, _ contributions: borrowing ContributionBlock, above threshold: Double,
    to candidates: inout Candidates
  ) {
    candidates.append(cursor.block.documents, contributions, range: range, above: threshold)
  }

  @inline(__always)
  private static func add(
    _ cursor: inout PostingsCursor, _ range: Range<Int>, _ contributions: borrowing ContributionBlock,
    to scores: inout WindowScores, in window: DocumentWindow
  ) {
    scores.add(contributions, documents: cursor.block.documents, range: range, in: window)
  }

  mutating func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    let wantsScores = candidates.wantsScores
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      for index in documents.indices {
        let document = documents[index]
        if let bitmap {
          guard bitmap.contains(document) else { continue }
          marks[index] = true
          if !wantsScores { continue }
          let occurrences = bitmap.occurrences(in: document)
          if occurrences < DocumentBitmap.manyOccurrences {
            scores[index] += formula.contribution(of: document, occurrences: occurrences)
            continue
          }
        }
        // Blocks whose best document could not lift a candidate above the threshold are not decoded.
        if wantsScores, threshold >= 0 {
          let bound = try postings.blockBound(reaching: document)
          if bound < 0 { return }
          if scores[index] + bound <= threshold { continue }
        }
        guard try postings.cursor.move(toBlockWith: document) else { return }
        guard let place = try postings.cursor.index(of: document) else { continue }
        marks[index] = true
        if wantsScores {
          scores[index] += formula.contribution(of: document, occurrences: try postings.cursor.occurrenceCount(at: place))
        }
      }
    }
  }

  mutating func insertMatches(in window: DocumentWindow, into bits: inout MutableSpan<UInt64>) throws(StorageError) {
    var target = window.start
    while target < window.end, try postings.cursor.move(toBlockWith: target) {
      try postings.cursor.insertDocuments(from: window.start, into: &bits)
      if postings.cursor.lastDocument >= window.end { return }
      target = postings.cursor.lastDocument + 1
    }
  }
}
