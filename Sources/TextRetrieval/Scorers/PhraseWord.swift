import BitKernels
import IndexStorage
import InvertedIndex

/// One different word of a phrase: finds documents, and narrows down where the phrase can start in each.
///
/// Works on many documents at a time. Two cursors on one list: one tells documents apart, the other follows behind and decodes
/// positions only in documents that all words have in common.
struct PhraseWord: ~Copyable {
  /// The number of documents that contain the word.
  let documentCount: Int
  private var matching: BoundedPostings
  private var reading: PostingsCursor
  private let bitmap: DocumentBitmap?
  /// Places in the phrase, from 0.
  private let places: [UInt32]
  private var positions: [UInt32] = []

  /// - Parameter matching: bounded as the whole phrase would be if it occurred as often as the word.
  init(
    matching: consuming BoundedPostings, reading: consuming PostingsCursor, bitmap: DocumentBitmap?, places: [UInt32]
  ) {
    documentCount = matching.cursor.entry.documentCount
    self.matching = matching
    self.reading = reading
    self.bitmap = bitmap
    self.places = places
  }

  mutating func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try matching.nextCandidate(from: target) }

  mutating func bound(_ window: DocumentWindow) throws(StorageError) -> Double { try matching.bound(window) }

  /// Appends the documents of a window, but blocks that cannot exceed the threshold.
  mutating func collect(
    _ window: DocumentWindow, above threshold: Double, into candidates: inout Candidates
  ) throws(StorageError) {
    var target = window.start
    while let range = try matching.nextBlock(from: &target, before: window.end, above: threshold) {
      candidates.append(matching.cursor.block.documents, range: range)
    }
  }

  /// Marks the documents that contain the word.
  mutating func mark(_ documents: Span<UInt32>, _ marks: inout MutableSpan<Bool>) throws(StorageError) {
    for index in documents.indices {
      if let bitmap {
        if bitmap.contains(documents[index]) { marks[index] = true }
        continue
      }
      guard try matching.cursor.move(toBlockWith: documents[index]) else { return }
      if try matching.cursor.index(of: documents[index]) != nil { marks[index] = true }
    }
  }

  /// Narrows the starts in documents that contain the word; in the first word's turn, finds them. A document whose starts cannot
  /// be worth looking at, as `isWorth` says of their greatest number, is left without any.
  mutating func narrow(
    _ starts: inout PhraseStarts, isFirst: Bool, isWorth: (_ document: UInt32, _ count: UInt32) -> Bool
  ) throws(StorageError) {
    var output = starts.beginNarrowing()
    for index in 0..<starts.documentCount {
      let document = starts.document(index)
      if isFirst || !starts.isEmpty(index) {
        guard try reading.move(toBlockWith: document), let place = try reading.nextIndex(of: document) else {
          throw reading.corrupt("a posting list has a document in one place and not in another")
        }
        try reading.loadOccurrences()
        let occurrences = reading.block.occurrences[place]
        let most = isFirst ? occurrences : min(occurrences, UInt32(truncatingIfNeeded: starts.count(index)))
        if isWorth(document, most) {
          let count = try reading.readPositions(at: place, into: &positions)
          starts.narrow(index, to: positions, count: count, places: places, isFirst: isFirst, &output)
        }
      }
      starts.end(index, &output)
    }
  }
}
