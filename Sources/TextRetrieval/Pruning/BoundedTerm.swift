import BitKernels
import IndexStorage
import InvertedIndex

/// A word of a ranked disjunction, with what bounds its contributions ahead of decoding.
///
/// Only for words in any field under equal field weights; see ``DisjunctionSearch``.
final class BoundedTerm {
  private var cursor: PostingsCursor
  private let weight: Double
  private let scoring: Scoring
  private let lengths: [UInt32]
  /// The last document of each block of the group at hand, and the most that a document of the block can get.
  private var lastDocuments: [UInt32] = []
  private var maxima: [Double] = []
  private var block = 0
  private var isExhausted = false
  /// What no document of the window at hand can exceed, see ``bound(from:to:)``.
  private(set) var maximum = 0.0

  init(cursor: consuming PostingsCursor, weight: Double, scoring: Scoring, lengths: [UInt32]) {
    self.cursor = cursor
    self.weight = weight
    self.scoring = scoring
    self.lengths = lengths
  }

  /// The last document of the block that reaches `document`; `UInt32.max` where the list ends before it.
  func blockEnd(reaching document: UInt32) throws(StorageError) -> UInt32 {
    try moveBounds(to: document)
    return isExhausted ? .max : lastDocuments[block]
  }

  /// Sets ``maximum`` to what no document from `start` to before `end` can exceed; windows must ascend.
  func bound(from start: UInt32, to end: UInt32) throws(StorageError) {
    try moveBounds(to: start)
    maximum = 0
    var index = block
    while !isExhausted {
      maximum = max(maximum, maxima[index])
      guard lastDocuments[index] < end - 1 else { return }
      index += 1
      if index == lastDocuments.count {
        // The window reaches into the next group, whose bounds are not loaded yet; what bounds the whole list bounds it too.
        maximum = max(maximum, scoring.bound(weight: weight))
        return
      }
    }
  }

  /// Adds the contributions of the documents from `start` to before `end`, and marks the documents.
  func accumulate(
    from start: UInt32, to end: UInt32, into scores: inout [Double], _ marks: inout [UInt64]
  ) throws(StorageError) {
    var target = start
    while target < end, try cursor.advance(toBlockWith: target) {
      try cursor.loadOccurrences()
      addBlock(cursor, from: target, start, end, into: &scores, &marks)
      target = cursor.lastDocument + 1
    }
  }

  private func addBlock(
    _ cursor: borrowing PostingsCursor, from target: UInt32, _ start: UInt32, _ end: UInt32, into scores: inout [Double],
    _ marks: inout [UInt64]
  ) {
    let documents = cursor.documents
    let occurrences = cursor.occurrences
    var index = lowerBound(of: target, in: documents)
    while index < documents.count, documents[index] < end {
      let document = documents[index]
      let place = Int(document - start)
      marks[place >> 6] |= 1 << UInt64(place & 63)
      scores[place] += scoring.contribution(
        weight: weight, frequency: Double(occurrences[index]), length: Double(lengths[Int(document)]))
      index += 1
    }
  }

  /// What a document gets, 0 where the word is not in it; documents must ascend.
  func contribution(of document: UInt32) throws(StorageError) -> Double {
    guard try cursor.advance(toBlockWith: document), let index = cursor.index(of: document) else { return 0 }
    try cursor.loadOccurrences()
    return scoring.contribution(
      weight: weight, frequency: Double(cursor.occurrences[index]), length: Double(lengths[Int(document)]))
  }

  /// Makes `block` the one that reaches a document.
  private func moveBounds(to document: UInt32) throws(StorageError) {
    if isExhausted { return }
    if let last = lastDocuments.last, last >= document {
      while lastDocuments[block] < document { block += 1 }
      return
    }
    block = 0
    if cursor.hasBounds {
      let (scoring, weight) = (scoring, weight)
      let isThere = try cursor.readBounds(reaching: document, lastDocuments: &lastDocuments, maxima: &maxima) {
        scoring.bound(weight: weight, frequency: Double($0), length: Double($1))
      }
      guard isThere else {
        isExhausted = true
        return
      }
      while lastDocuments[block] < document { block += 1 }
    } else {
      try boundShortList(from: document)
    }
  }

  /// A list of one block is decoded at once, and bounds itself.
  private func boundShortList(from document: UInt32) throws(StorageError) {
    guard try cursor.advance(toBlockWith: document) else {
      isExhausted = true
      return
    }
    try cursor.loadOccurrences()
    var greatest = 0.0
    for index in 0..<cursor.count {
      greatest = max(
        greatest, maximum(occurrences: cursor.occurrences[index], length: lengths[Int(cursor.documents[index])]))
    }
    lastDocuments = [cursor.lastDocument]
    maxima = [greatest]
  }

  private func maximum(occurrences: UInt32, length: UInt32) -> Double {
    scoring.bound(weight: weight, frequency: Double(occurrences), length: Double(length))
  }
}
