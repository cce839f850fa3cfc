import BitKernels
import InvertedIndex

/// Documents of a window that may be among the best, ascending, each with its score so far.
struct Candidates {
  private(set) var count = 0
  /// Whether scores are wanted; where they are not, scorers only match.
  let wantsScores: Bool
  private var documentBuffer: [UInt32] = []
  private var scoreBuffer: [Double] = []
  private var markBuffer: [Bool] = []
  private var reachBuffer: [Double] = []

  init(wantsScores: Bool) { self.wantsScores = wantsScores }

  var isEmpty: Bool { count == 0 }

  func document(_ index: Int) -> UInt32 { documentBuffer[index] }
  func score(_ index: Int) -> Double { scoreBuffer[index] }

  /// Gives access to all: documents, scores and marks.
  @inline(__always)
  mutating func withAll<Failure: Error>(
    _ body: (Span<UInt32>, inout MutableSpan<Double>, inout MutableSpan<Bool>) throws(Failure) -> Void
  ) throws(Failure) {
    try Candidates.access(documentBuffer, &scoreBuffer, &markBuffer, count: count, body)
  }

  /// Adds to what those documents can still reach that a bitmap holds.
  mutating func addReach(_ most: Double, in bitmap: DocumentBitmap) {
    addWherePresent(documentBuffer, in: bitmap.present, most, to: &reachBuffer, count: count)
  }

  /// Adds to what each document can still reach what it can get of a frequent word at most.
  mutating func addReach(of word: DenseWord) {
    word.postings.addReach(unit: word.unit, documents: documentBuffer, to: &reachBuffer, count: count)
  }

  /// Adds what the documents from a place on get of a frequent word.
  mutating func addScores(of word: DenseWord, from first: Int) {
    let (postings, formula) = (word.postings, word.formula)
    for index in first..<count {
      let document = documentBuffer[index]
      scoreBuffer[index] += formula.contribution(of: document, occurrences: postings.occurrences(in: document))
    }
  }

  /// Marks the documents that have a frequent word.
  mutating func mark(_ word: DenseWord) {
    let documents = word.postings.documents
    for index in 0..<count where documents.contains(documentBuffer[index]) { markBuffer[index] = true }
  }

  /// Makes what each document can still reach 0.
  mutating func clearReach() {
    if reachBuffer.count < count { reachBuffer += repeatElement(0, count: documentBuffer.count - reachBuffer.count) }
    for index in 0..<count { reachBuffer[index] = 0 }
  }

  /// Adds the same to what each document can still reach.
  mutating func addReach(_ most: Double) {
    for index in 0..<count { reachBuffer[index] += most }
  }

  /// Removes the documents that cannot exceed the threshold even with all they can reach.
  mutating func removeReaches(upTo threshold: Double) {
    count = keepAbove(threshold, reaches: reachBuffer, documents: &documentBuffer, scores: &scoreBuffer, count: count)
  }

  /// Keeps about so many, those that can reach the most; no fewer, where there are so many.
  ///
  /// Complexity: O(count).
  mutating func keepGreatestReaches(atLeast wanted: Int) {
    if count <= 2 * wanted { return }
    // Narrowed down by halves, as long as it is worth it.
    var (low, high) = (-1.0, scoreBuffer[..<count].max()! + reachBuffer[..<count].max()!)
    for _ in 0..<8 {
      let middle = (low + high) / 2
      let above = countAbove(middle, reaches: reachBuffer, scores: scoreBuffer, count: count)
      if above >= wanted { low = middle } else { high = middle }
      if above >= wanted, above <= 2 * wanted { break }
    }
    removeReaches(upTo: low)
  }

  // Functions of the arrays one by one, because two spans of parts of one value exclude each other.
  @inline(__always)
  private static func access<Failure: Error>(
    _ documents: [UInt32], _ scores: inout [Double], _ marks: inout [Bool], count: Int,
    _ body: (Span<UInt32>, inout MutableSpan<Double>, inout MutableSpan<Bool>) throws(Failure) -> Void
  ) throws(Failure) {
    let documents = documents.span
    var scores = scores.mutableSpan
    var marks = marks.mutableSpan
    try body(documents.extracting(0..<count), &scores, &marks)
  }

  mutating func removeAll() { count = 0 }

  /// Makes room for so many more.
  mutating func reserve(_ further: Int) {
    let needed = count + further
    if documentBuffer.count >= needed { return }
    let capacity = max(needed, 2 * documentBuffer.count, 256)
    documentBuffer += repeatElement(0, count: capacity - documentBuffer.count)
    scoreBuffer += repeatElement(0, count: capacity - scoreBuffer.count)
    markBuffer += repeatElement(false, count: capacity - markBuffer.count)
  }

  /// Adds a document, which must come after those there.
  mutating func append(_ document: UInt32, score: Double = 0) {
    reserve(1)
    documentBuffer[count] = document
    scoreBuffer[count] = score
    count += 1
  }

  /// Adds the documents of a part of a block with their contributions, but those that do not exceed the threshold.
  mutating func append(
    _ documents: Span<UInt32>, _ contributions: borrowing ContributionBlock, range: Range<Int>, above threshold: Double
  ) {
    reserve(range.count)
    count = appendAbove(threshold, documents, contributions.span, range: range, to: &documentBuffer, &scoreBuffer, count: count)
  }

  /// Adds the marked documents of a window whose score exceeds the threshold; the window is empty afterwards.
  mutating func append(
    _ scores: inout [Double], _ marks: inout [UInt64], of window: DocumentWindow, above threshold: Double
  ) {
    reserve(window.wordCount * 64)
    count = takeAbove(
      threshold, windowScores: &scores, marks: &marks, wordCount: window.wordCount, base: window.start, to: &documentBuffer,
      &scoreBuffer, count: count)
  }

  /// Adds the documents of a range of a block, with score 0.
  mutating func append(_ documents: Span<UInt32>, range: Range<Int>) {
    reserve(range.count)
    for index in range {
      documentBuffer[count] = documents[index]
      scoreBuffer[count] = 0
      count += 1
    }
  }

  /// Adds the documents of a window whose bits are set.
  mutating func append(_ bits: Span<UInt64>, of window: DocumentWindow) {
    for word in 0..<window.wordCount {
      var left = bits[word]
      while left != 0 {
        append(window.start + UInt32(word * 64 + left.trailingZeroBitCount))
        left &= left - 1
      }
    }
  }

  /// Adds the documents of some groups of 64 whose bits are set, with score 0.
  mutating func append(groups: [UInt32], masks: [UInt64], count groupCount: Int) {
    reserve(DenseCells.documentCount(of: masks, count: groupCount))
    count = DenseCells.append(groups, masks: masks, count: groupCount, to: &documentBuffer, &scoreBuffer, from: count)
  }

  /// Sets the bits of the documents, which lie in the window.
  func insert(into bits: inout MutableSpan<UInt64>, of window: DocumentWindow) {
    for index in 0..<count {
      let place = Int(documentBuffer[index] - window.start)
      bits[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  /// Removes the documents whose score does not exceed the threshold.
  mutating func removeScores(upTo threshold: Double) {
    count = keepAbove(threshold, documents: &documentBuffer, scores: &scoreBuffer, count: count)
  }

  /// Takes away all marks.
  mutating func clearMarks() {
    for index in 0..<count { markBuffer[index] = false }
  }

  /// Keeps the documents that are marked, or those that are not.
  mutating func keep(marked: Bool) {
    count = keepMarked(marked, marks: markBuffer, documents: &documentBuffer, scores: &scoreBuffer, count: count)
  }

  /// Keeps the documents of a range.
  mutating func keep(_ range: Range<UInt32>) {
    for index in 0..<count { markBuffer[index] = range.contains(documentBuffer[index]) }
    keep(marked: true)
  }

  /// Keeps the documents that a bitmap holds.
  mutating func keep(in bitmap: DocumentBitmap) {
    for index in 0..<count { markBuffer[index] = bitmap.contains(documentBuffer[index]) }
    keep(marked: true)
  }

  /// Makes these the documents of others, with scores of 0.
  mutating func copyDocuments(of others: Candidates) {
    removeAll()
    reserve(others.count)
    for index in 0..<others.count {
      documentBuffer[index] = others.documentBuffer[index]
      scoreBuffer[index] = 0
    }
    count = others.count
  }

  /// Adds the scores of some of these documents, and marks them.
  mutating func merge(_ some: Candidates) {
    var next = 0
    for index in 0..<some.count {
      let document = some.documentBuffer[index]
      while documentBuffer[next] < document { next += 1 }
      scoreBuffer[next] += some.scoreBuffer[index]
      markBuffer[next] = true
    }
  }

  /// Adds those of other candidates that are not among these.
  ///
  /// Complexity: O(these + others).
  mutating func insert(_ others: Candidates) {
    if others.isEmpty { return }
    reserve(others.count)
    // From the back, so that nothing is moved twice: first what is new is counted, then all moves to its place.
    var (mine, theirs, common) = (0, 0, 0)
    while mine < count, theirs < others.count {
      let (left, right) = (documentBuffer[mine], others.documentBuffer[theirs])
      common += left == right ? 1 : 0
      mine += left <= right ? 1 : 0
      theirs += right <= left ? 1 : 0
    }
    (mine, theirs) = (count - 1, others.count - 1)
    count += others.count - common
    var place = count - 1
    while theirs >= 0 {
      let right = others.documentBuffer[theirs]
      if mine >= 0, documentBuffer[mine] >= right {
        if documentBuffer[mine] == right { theirs -= 1 }
        documentBuffer[place] = documentBuffer[mine]
        scoreBuffer[place] = scoreBuffer[mine]
        mine -= 1
      } else {
        documentBuffer[place] = right
        scoreBuffer[place] = others.scoreBuffer[theirs]
        theirs -= 1
      }
      place -= 1
    }
  }

  /// Marks all documents but some of them.
  mutating func mark(allBut some: Candidates) {
    var next = 0
    for index in 0..<count {
      if next < some.count, some.documentBuffer[next] == documentBuffer[index] {
        next += 1
      } else {
        markBuffer[index] = true
      }
    }
  }
}
