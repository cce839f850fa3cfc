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
