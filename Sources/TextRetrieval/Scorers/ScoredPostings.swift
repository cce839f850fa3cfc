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
  /// The same postings by document, of a frequent word.
  let dense: DensePostings?
  /// What no document of the window at hand exceeds.
  private var maximum = 0.0

  init(_ postings: consuming BoundedPostings, dense: DensePostings?, formula: TermFormula) {
    self.postings = postings
    self.dense = dense
    self.formula = formula
  }

  mutating func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try postings.nextCandidate(from: target) }

  mutating func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    maximum = try postings.bound(window)
    return maximum
  }

  /// Goes back to before the first block of the list.
  mutating func returnToStart() { postings.returnToStart() }

  /// What no contribution of the word exceeds.
  var greatest: Double { postings.greatest }

  /// Brings up the documents of a few blocks in which one can get most of the word, with what they get; to be asked first of all.
  mutating func seed(_ candidates: inout Candidates) throws(StorageError) {
    for last in try postings.bestBlocks(atMost: Self.mostSeedBlocks) {
      guard try postings.cursor.advance(toBlockWith: last) else { break }
      let range = 0..<postings.cursor.count
      try Self.score(&postings.cursor, range, formula, &contributions)
      Self.append(&postings.cursor, range, contributions, above: -1, to: &candidates)
    }
    postings.cursor.returnToGroupStart()
  }

  private static let mostSeedBlocks = 2

  /// Adds to what candidates can still reach.
  func addReach(to candidates: inout Candidates) {
    if let dense {
      candidates.addReach(max(0, maximum), in: dense.documents)
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

  /// As ``Scorer/add(to:above:)``.
  mutating func add(to candidates: inout Candidates, above threshold: Double) throws(StorageError) {
    let threshold = candidates.wantsScores ? threshold : -1
    let wantsScores = candidates.wantsScores
    try candidates.withAll { (documents, scores, marks) throws(StorageError) in
      if let dense {
        add(dense, documents, &scores, &marks, wantsScores: wantsScores)
        return
      }
      var next = 0
      while next < documents.count {
        guard try addBlock(documents, from: &next, &scores, &marks, wantsScores: wantsScores, above: threshold) else { return }
      }
    }
  }

  /// Adds to the candidates that a frequent word has.
  private func add(
    _ dense: DensePostings, _ documents: Span<UInt32>, _ scores: inout MutableSpan<Double>, _ marks: inout MutableSpan<Bool>,
    wantsScores: Bool
  ) {
    for index in documents.indices {
      let occurrences = dense.occurrences(in: documents[index])
      if occurrences == 0 { continue }
      marks[index] = true
      if wantsScores { scores[index] += formula.contribution(of: documents[index], occurrences: occurrences) }
    }
  }

  /// Adds to the candidates from `next` on that a block reaches, and leaves `next` after them; false where the list ends before.
  private mutating func addBlock(
    _ documents: Span<UInt32>, from next: inout Int, _ scores: inout MutableSpan<Double>, _ marks: inout MutableSpan<Bool>,
    wantsScores: Bool, above threshold: Double
  ) throws(StorageError) -> Bool {
    let first = documents[next]
    var least = -Double.infinity
    var last: UInt32
    if threshold >= 0 {
      // Blocks whose best document could not lift a candidate above the threshold are not decoded.
      let bound = try postings.blockBound(reaching: first)
      if bound < 0 { return false }
      last = try postings.blockEnd(reaching: first) - 1
      least = threshold - bound
    } else {
      guard try postings.cursor.move(toBlockWith: first) else { return false }
      last = postings.cursor.lastDocument
    }
    if last - first >= PlaceTable.size { last = first + UInt32(PlaceTable.size - 1) }
    let start = next
    var worth = 0
    while next < documents.count, documents[next] <= last {
      worth += scores[next] > least ? 1 : 0
      next += 1
    }
    if worth == 0 { return true }
    guard try postings.cursor.move(toBlockWith: first) else { return false }
    if worth >= Self.leastRun {
      try addRun(documents, start..<next, &scores, &marks, wantsScores: wantsScores)
    } else {
      for index in start..<next where scores[index] > least {
        try addOne(index, documents[index], &scores, &marks, wantsScores: wantsScores)
      }
    }
    return true
  }

  /// So many candidates of one block are looked up together.
  private static let leastRun = 12

  private mutating func addRun(
    _ documents: Span<UInt32>, _ range: Range<Int>, _ scores: inout MutableSpan<Double>, _ marks: inout MutableSpan<Bool>,
    wantsScores: Bool
  ) throws(StorageError) {
    var selection = selection.take() ?? BlockSelection()
    try postings.cursor.loadDocuments()
    let count = selection.findCommon(documents, range: range, of: postings.cursor.block)
    if wantsScores, count > 0 {
      try postings.cursor.loadOccurrences()
      selection.gatherPostings(of: postings.cursor.block, count: count)
      formula.score(count, of: selection, into: &contributions)
    }
    for found in 0..<count {
      let index = Int(selection.candidates[found])
      marks[index] = true
      if wantsScores { scores[index] += contributions[found] }
    }
    self.selection = consume selection
  }

  @inline(__always)
  private mutating func addOne(
    _ index: Int, _ document: UInt32, _ scores: inout MutableSpan<Double>, _ marks: inout MutableSpan<Bool>, wantsScores: Bool
  ) throws(StorageError) {
    guard try postings.cursor.move(toBlockWith: document), let place = try postings.cursor.index(of: document) else { return }
    marks[index] = true
    if wantsScores {
      scores[index] += formula.contribution(of: document, occurrences: try postings.cursor.occurrenceCount(at: place))
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
