import IndexStorage
import InvertedIndex

/// What bounds the contributions of a word ahead of decoding, for windows that ascend.
struct TermBounds {
  /// The last document of each block of the group at hand, and the most that a document of the block can get.
  private var lastDocuments: [UInt32] = []
  private var maxima: [Double] = []
  private var block = 0
  private var isExhausted = false
  private let method: Method
  private let weight: Double
  private let scoring: Scoring
  /// What bounds the whole list.
  let greatest: Double

  private enum Method {
    /// By stored impacts, times a factor.
    case impacts(factor: Double)
    /// By pairs of occurrences and length, which are multiplied by these weights; where a field is given, only
    /// occurrences in it count.
    case pairs(field: Int?, occurrenceWeight: Double, lengthWeight: Double)
  }

  /// Bounds of a word of a weight, in a field or in any.
  init(weight: Double, field: Int?, scoring: Scoring, segment: SegmentReader) {
    self.weight = weight
    self.scoring = scoring
    let weights = scoring.parameters.fieldWeights
    if field == nil, scoring.parameters.areThoseOfImpacts {
      method = .impacts(factor: scoring.impactFactors(of: segment).greatest)
    } else {
      method = .pairs(
        field: field, occurrenceWeight: field.map { weights[$0] } ?? weights.max() ?? 1, lengthWeight: weights.min() ?? 1)
    }
    greatest = scoring.bound(weight: weight, share: 1)
  }

  /// The document after the block that reaches `document`; `UInt32.max` where the list ends before it.
  mutating func blockEnd(reaching document: UInt32, _ cursor: inout PostingsCursor) throws(StorageError) -> UInt32 {
    try move(to: document, &cursor)
    return isExhausted ? .max : lastDocuments[block] + 1
  }

  /// What no document of a window exceeds; less than 0 where the list ends before it.
  mutating func bound(_ window: DocumentWindow, _ cursor: inout PostingsCursor) throws(StorageError) -> Double {
    try move(to: window.start, &cursor)
    if isExhausted { return -1 }
    var greatest = 0.0
    var index = block
    while true {
      greatest = max(greatest, maxima[index])
      if lastDocuments[index] >= window.end - 1 { return greatest }
      index += 1
      // The window reaches into the next group, whose bounds are not loaded yet; what bounds the whole list bounds it too.
      if index == lastDocuments.count { return max(greatest, self.greatest) }
    }
  }

  /// What no document of the block exceeds that reaches `document`.
  mutating func blockBound(reaching document: UInt32, _ cursor: inout PostingsCursor) throws(StorageError) -> Double {
    try move(to: document, &cursor)
    return isExhausted ? -1 : maxima[block]
  }

  /// The last documents, ascending, of a few blocks of the first group in which a document can get most; that group is all of a word
  /// that is not frequent in all but very large segments.
  mutating func bestBlocks(atMost limit: Int, _ cursor: inout PostingsCursor) throws(StorageError) -> [UInt32] {
    try move(to: 0, &cursor)
    var best: [Int] = []
    for block in maxima.indices {
      let place = best.firstIndex { maxima[$0] < maxima[block] } ?? best.count
      if place < limit { best.insert(block, at: place) }
      if best.count > limit { best.removeLast() }
    }
    return best.sorted().map { lastDocuments[$0] }
  }

  /// Goes back to before the first block of the list.
  mutating func returnToStart() {
    block = 0
    isExhausted = false
    lastDocuments.removeAll(keepingCapacity: true)
  }

  /// Makes `block` the one that reaches a document.
  private mutating func move(to document: UInt32, _ cursor: inout PostingsCursor) throws(StorageError) {
    if isExhausted { return }
    if let last = lastDocuments.last, last >= document {
      while lastDocuments[block] < document { block += 1 }
      return
    }
    try load(reaching: document, &cursor)
  }

  private mutating func load(reaching document: UInt32, _ cursor: inout PostingsCursor) throws(StorageError) {
    block = 0
    lastDocuments.removeAll(keepingCapacity: true)
    maxima.removeAll(keepingCapacity: true)
    guard cursor.hasBounds else {
      // A list of one block is not worth more than this.
      guard try cursor.move(toBlockWith: document) else {
        isExhausted = true
        return
      }
      lastDocuments.append(cursor.lastDocument)
      maxima.append(greatest)
      return
    }
    guard try cursor.moveGroup(reaching: document) else {
      isExhausted = true
      return
    }
    try loadGroup(&cursor)
    while lastDocuments[block] < document { block += 1 }
  }

  private mutating func loadGroup(_ cursor: inout PostingsCursor) throws(StorageError) {
    let last = cursor.groupLastDocuments
    lastDocuments.reserveCapacity(last.count)
    maxima.reserveCapacity(last.count)
    for index in last.indices { lastDocuments.append(last[index]) }
    switch method {
    case .impacts(let factor):
      let impacts = cursor.groupImpacts
      for index in impacts.indices { maxima.append(scoring.bound(weight: weight, impact: impacts[index], factor: factor)) }
    case .pairs(let field, let occurrenceWeight, let lengthWeight):
      let (scoring, weight) = (scoring, weight)
      try cursor.appendMaxima(to: &maxima, field: field) {
        scoring.bound(
          weight: weight, frequency: occurrenceWeight * Double($0), length: lengthWeight * Double($1))
      }
    }
  }
}
