import BitKernels
import IndexStorage
import InvertedIndex

/// Finds a phrase by the lists of its words and pairs.
///
/// The list with the fewest documents leads, a block at a time; positions are read only where all lists meet in a document often
/// enough to lift it above a threshold.
final class ListPhraseMatcher: PhraseMatcher {
  /// Lists that every document of the phrase is in, fewest documents first; then words that need not be looked for, because a
  /// pair tells of them.
  private var lists: OwnedArray<PhraseList>
  private let conditionCount: Int
  /// The lists of words, fewest documents first.
  private let words: [Int]
  private var places: [Int] = []
  private var starts: [UInt32] = []

  /// - Parameters:
  ///   - conditionCount: how many of the lists every document of the phrase is in, at least as often; at least one. The others
  ///     have these documents as well.
  init(_ lists: consuming OwnedArray<PhraseList>, conditionCount: Int) {
    var words: [(list: Int, documentCount: Int)] = []
    for index in 0..<lists.count where !lists[index].places.isEmpty { words.append((index, lists[index].documentCount)) }
    self.words = words.sorted { $0.documentCount < $1.documentCount }.map(\.list)
    self.conditionCount = conditionCount
    self.lists = lists
  }

  var documentCount: Int { lists[0].documentCount }

  func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try lists[0].nextCandidate(from: target) }

  /// The document after the block of the leading list that reaches `start`.
  func stepEnd(from start: UInt32) throws(StorageError) -> UInt32 { try lists[0].blockEnd(reaching: start) }

  func bound(_ window: DocumentWindow) throws(StorageError) -> Double {
    var bound = Double.infinity
    for index in 0..<conditionCount { bound = min(bound, try lists[index].bound(window)) }
    return bound
  }

  func forEachMatch(
    in window: DocumentWindow, worth threshold: PhraseThreshold,
    _ body: (_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Void
  ) throws(StorageError) {
    var target = window.start
    while try lists[0].nextBlock(from: &target, before: window.end, worth: threshold, into: &places) {
      for index in 1..<conditionCount {
        if let dense = lists[index].dense { lists[0].narrow(&places, to: dense, worth: threshold) }
      }
      for place in places {
        let document = lists[0].select(place)
        let count = try findStarts(in: document, worth: threshold)
        if count > 0 { body(document, starts[..<count]) }
      }
    }
  }

  func forEachMatch(
    among documents: Span<UInt32>, worth threshold: PhraseThreshold, _ body: (_ index: Int, _ starts: ArraySlice<UInt32>) -> Void
  ) throws(StorageError) {
    for index in documents.indices {
      guard try lists[0].move(to: documents[index]) > 0 else { continue }
      let count = try findStarts(in: documents[index], worth: threshold)
      if count > 0 { body(index, starts[..<count]) }
    }
  }

  /// Writes where the phrase starts in a document that the leading list is at to the front of `starts`; returns how many there
  /// are.
  private func findStarts(in document: UInt32, worth threshold: PhraseThreshold) throws(StorageError) -> Int {
    for index in 1..<conditionCount {
      let occurrences = try lists[index].move(to: document)
      if occurrences == 0 || !threshold.isOpen && !threshold.mayBeExceeded(by: occurrences, in: document) { return 0 }
    }
    var count = 0
    for (number, word) in words.enumerated() {
      if word >= conditionCount, try lists[word].move(to: document) == 0 {
        throw lists[word].postings.cursor.corrupt("two words stand side by side in a document, and one of them is not there")
      }
      count = try number == 0 ? lists[word].findStarts(&starts) : lists[word].narrowStarts(&starts, count: count)
      if count == 0 { return 0 }
      if !threshold.isOpen, !threshold.mayBeExceeded(by: UInt32(count), in: document) { return 0 }
    }
    return count
  }
}
