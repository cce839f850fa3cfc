import BitKernels
import IndexStorage
import InvertedIndex

/// Words side by side that are all frequent: the documents that have them all are found by bitmaps, and where the words stand is
/// in memory, so that no list is opened.
struct DensePhrase: ~Copyable {
  /// A word of the phrase.
  struct Word {
    let positions: DensePositions
    /// Where it stands in the phrase, from 0.
    let places: [UInt32]
  }

  /// What every document of the phrase has at least as often: words, and pairs of them.
  private let conditions: [DensePostings]
  /// Fewest documents first.
  private let words: [Word]
  /// No phrase is in more documents.
  let documentCount: Int
  private var scratch: PhraseScratch

  /// - Parameters:
  ///   - conditions: fewest documents first; at least one.
  ///   - words: fewest documents first; throws where one has not all documents that all conditions have.
  init(conditions: [DensePostings], words: [Word], documentCount: Int) throws(StorageError) {
    self.conditions = conditions
    self.words = words
    self.documentCount = documentCount
    scratch = ScratchPool.shared.takePhraseScratch()
    scratch.meet(conditions)
    // Those that are no conditions are in pairs that are.
    if words.count > 1 { for word in words { try word.positions.checkHolding(scratch.masks) } }
  }

  deinit { ScratchPool.shared.give(scratch) }

  /// By group of the segment, what bounds the share of the phrase's weight that its documents get; 0 where it is in none.
  var shares: [UInt16] { scratch.shares }

  /// The groups that a window reaches.
  static func groups(of window: DocumentWindow) -> Range<Int> {
    Int(window.start) / DenseCells.groupSize..<(Int(window.end) + DenseCells.groupSize - 1) / DenseCells.groupSize
  }

  /// A document at or after `target` before which, from `target` on, none has all words.
  func nextCandidate(from target: UInt32) -> UInt32 {
    var group = Int(target) / DenseCells.groupSize
    while group < scratch.shares.count {
      let first = UInt32(group * DenseCells.groupSize)
      let left = first < target ? scratch.masks[group] & (.max << UInt64(target - first)) : scratch.masks[group]
      if left != 0 { return first + UInt32(left.trailingZeroBitCount) }
      group += 1
    }
    return .max
  }

  /// Calls `body` with each document of some groups, which ascend, that lies in a window and that the phrase is in, and where it
  /// starts; some of those that cannot exceed the threshold are left out.
  mutating func forEachMatch(
    ofGroups groups: some Sequence<Int>, in window: DocumentWindow, worth threshold: PhraseThreshold,
    _ body: (_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Void
  ) {
    scratch.count = 0
    for group in groups {
      if scratch.count + DenseCells.groupSize > PhraseScratch.capacity { findMatches(worth: threshold, body) }
      scratch.append(group: group, in: window)
    }
    findMatches(worth: threshold, body)
  }

  /// Calls `body` with the index of each document that the phrase is in, and where it starts.
  mutating func forEachMatch(
    among documents: Span<UInt32>, worth threshold: PhraseThreshold, _ body: (_ index: Int, _ starts: ArraySlice<UInt32>) -> Void
  ) {
    scratch.count = 0
    var matched = 0
    for index in documents.indices {
      if scratch.contains(documents[index]) {
        scratch.documents[scratch.count] = documents[index]
        scratch.count += 1
      }
      guard scratch.count == PhraseScratch.capacity || index == documents.count - 1 else { continue }
      findMatches(worth: threshold) { document, starts in
        while documents[matched] < document { matched += 1 }
        body(matched, starts)
      }
    }
  }

  /// Calls `body` with those of the documents at hand that the phrase is in, and forgets them.
  private mutating func findMatches(
    worth threshold: PhraseThreshold, _ body: (_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Void
  ) {
    if !threshold.isOpen { keepWorth(threshold) }
    words[0].positions.gather(scratch.documents, 0..<scratch.count, into: &scratch.firstCells)
    if words.count > 1 {
      words[1].positions.gather(scratch.documents, 0..<scratch.count, into: &scratch.secondCells)
      scratch.count = PositionCells.keepMeeting(
        &scratch.documents, &scratch.firstCells, &scratch.secondCells, count: scratch.count,
        distance: Int(words[1].places[0]) - Int(words[0].places[0]))
    }
    for index in 0..<scratch.count {
      let count = findStarts(at: index)
      if count > 0 { body(scratch.documents[index], scratch.starts[..<count]) }
    }
    scratch.count = 0
  }

  /// Keeps the documents at hand that have each condition often enough.
  private mutating func keepWorth(_ threshold: PhraseThreshold) {
    for condition in conditions {
      var kept = 0
      for index in 0..<scratch.count {
        let document = scratch.documents[index]
        scratch.documents[kept] = document
        kept += threshold.mayBeExceeded(by: condition.occurrences(in: document), in: document) ? 1 : 0
      }
      scratch.count = kept
    }
  }

  /// Writes where the phrase starts in a document at hand to the front of the starts; returns how many there are.
  private mutating func findStarts(at index: Int) -> Int {
    let first = words[0]
    let read = first.positions.read(scratch.firstCells[index], into: &scratch.starts)
    var count = 0
    for position in 0..<read where scratch.starts[position] >= first.places[0] {
      scratch.starts[count] = scratch.starts[position] - first.places[0]
      count += 1
    }
    narrow(&count, to: first, first.places.dropFirst(), scratch.firstCells[index])
    if words.count > 1 { narrow(&count, to: words[1], words[1].places[...], scratch.secondCells[index]) }
    for word in words.dropFirst(2) where count > 0 {
      word.positions.gather(scratch.documents, index..<index + 1, into: &scratch.furtherCell)
      narrow(&count, to: word, word.places[...], scratch.furtherCell[0])
    }
    return count
  }

  /// Keeps the starts for which a word stands at some of its places.
  @inline(__always)
  private mutating func narrow(_ count: inout Int, to word: Word, _ places: ArraySlice<UInt32>, _ cell: UInt64) {
    for place in places where count > 0 {
      count = word.positions.narrow(&scratch.starts, count: count, place: place, to: cell)
    }
  }
}
