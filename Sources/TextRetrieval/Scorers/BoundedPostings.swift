import IndexStorage
import InvertedIndex

/// The postings of a word with what bounds its scores: walks the blocks that are worth decoding.
struct BoundedPostings: ~Copyable {
  var cursor: PostingsCursor
  private var bounds: TermBounds

  init(_ cursor: consuming PostingsCursor, _ bounds: TermBounds) {
    self.cursor = cursor
    self.bounds = bounds
  }

  mutating func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 {
    guard try cursor.move(toBlockWith: target) else { return .max }
    return try cursor.firstDocument(from: target)
  }

  /// What no document of a window exceeds; less than 0 where none has the word.
  mutating func bound(_ window: DocumentWindow) throws(StorageError) -> Double { try bounds.bound(window, &cursor) }

  /// What no document of the block exceeds that reaches `document`; less than 0 where the list ends before it.
  mutating func blockBound(reaching document: UInt32) throws(StorageError) -> Double {
    try bounds.blockBound(reaching: document, &cursor)
  }

  /// The document after the block that reaches `document`; `UInt32.max` where the list ends before it.
  mutating func blockEnd(reaching document: UInt32) throws(StorageError) -> UInt32 {
    try bounds.blockEnd(reaching: document, &cursor)
  }

  /// What no contribution of the word exceeds.
  var greatest: Double { bounds.greatest }

  /// As ``TermBounds/bestBlocks(atMost:_:)``; nothing may have been asked before.
  mutating func bestBlocks(atMost limit: Int) throws(StorageError) -> [UInt32] {
    try bounds.bestBlocks(atMost: limit, &cursor)
  }

  /// Goes back to before the first block of the list.
  mutating func returnToStart() {
    cursor.returnToStart()
    bounds.returnToStart()
  }

  /// Moves to the next block with documents from `target` to before `end` of which one may exceed the threshold, decodes its
  /// documents, and returns their places; nil where there is none. Afterwards `target` is past the block.
  mutating func nextBlock(
    from target: inout UInt32, before end: UInt32, above threshold: Double
  ) throws(StorageError) -> Range<Int>? {
    while target < end {
      if threshold >= 0, try bounds.blockBound(reaching: target, &cursor) <= threshold {
        target = try bounds.blockEnd(reaching: target, &cursor)
        continue
      }
      guard try cursor.advance(toBlockWith: target) else { return nil }
      let range = cursor.range(from: target, to: end)
      target = cursor.lastDocument + 1
      if !range.isEmpty { return range }
    }
    return nil
  }
}
