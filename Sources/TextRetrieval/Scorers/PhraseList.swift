import BitKernels
import IndexStorage
import InvertedIndex

/// A posting list of a phrase: that of a word, or of two frequent words side by side.
struct PhraseList: ~Copyable {
  private(set) var postings: BoundedPostings
  /// The same postings by document, of a frequent word.
  let dense: DensePostings?
  /// And its positions.
  private let densePositions: DensePositions?
  /// Where the word stands in the phrase, from 0; none for a pair, which has no positions.
  let places: [UInt32]
  /// The place of the document at hand in the current block, where it was found there.
  private var place: Int?
  private var documents: [UInt32] = [0]
  private var cell: [UInt64] = [0]
  private var positions: [UInt32] = []

  /// - Parameter postings: bounded as the whole phrase would be if it occurred as often as the word or pair.
  init(
    _ postings: consuming BoundedPostings, dense: DensePostings?, densePositions: DensePositions?, places: [UInt32]
  ) {
    self.postings = postings
    self.dense = dense
    self.densePositions = densePositions
    self.places = places
  }

  var documentCount: Int { postings.cursor.entry.documentCount }

  // MARK: Leading

  mutating func nextCandidate(from target: UInt32) throws(StorageError) -> UInt32 { try postings.nextCandidate(from: target) }

  mutating func blockEnd(reaching document: UInt32) throws(StorageError) -> UInt32 {
    try postings.blockEnd(reaching: document)
  }

  mutating func bound(_ window: DocumentWindow) throws(StorageError) -> Double { try postings.bound(window) }

  /// As ``BoundedPostings/nextBlock(from:before:above:)``; leaves in `places` those of documents in which the phrase would be worth
  /// looking for if it occurred as often as the word or pair. False where there is no further block.
  mutating func nextBlock(
    from target: inout UInt32, before end: UInt32, worth threshold: PhraseThreshold, into places: inout [Int]
  ) throws(StorageError) -> Bool {
    places.removeAll(keepingCapacity: true)
    guard let range = try postings.nextBlock(from: &target, before: end, above: threshold.value) else { return false }
    if threshold.isOpen {
      places.append(contentsOf: range)
      return true
    }
    try postings.cursor.loadOccurrences()
    let block = postings.cursor.block
    for index in range where threshold.mayBeExceeded(by: block.occurrences[index], in: block.documents[index]) {
      places.append(index)
    }
    return true
  }

  /// Makes a document of the current block the one at hand, and returns it.
  mutating func select(_ place: Int) -> UInt32 {
    self.place = place
    documents[0] = postings.cursor.document(at: place)
    return documents[0]
  }

  /// The documents at places of the current block that a frequent word has, often enough.
  mutating func narrow(_ places: inout [Int], to dense: DensePostings, worth threshold: PhraseThreshold) {
    let documents = postings.cursor.block.documents
    var kept = 0
    for index in places.indices {
      let document = documents[places[index]]
      let occurrences = dense.occurrences(in: document)
      if occurrences == 0 || !threshold.isOpen && !threshold.mayBeExceeded(by: occurrences, in: document) { continue }
      places[kept] = places[index]
      kept += 1
    }
    places.removeLast(places.count - kept)
  }

  // MARK: Following

  /// Makes a document the one at hand; returns how often it has the word or pair. Documents ascend.
  mutating func move(to document: UInt32) throws(StorageError) -> UInt32 {
    documents[0] = document
    place = nil
    if let dense { return dense.occurrences(in: document) }
    return try findPlace() ? try postings.cursor.occurrenceCount(at: place!) : 0
  }

  /// Finds the document at hand in the list; false where it is not there.
  private mutating func findPlace() throws(StorageError) -> Bool {
    if place != nil { return true }
    guard try postings.cursor.move(toBlockWith: documents[0]) else { return false }
    place = try postings.cursor.index(of: documents[0])
    return place != nil
  }

  /// Writes the positions of the word in the document at hand to the front of `positions`; returns how many there are.
  private mutating func readPositions() throws(StorageError) -> Int {
    if let densePositions {
      densePositions.gather(documents, 0..<1, into: &cell)
      return densePositions.read(cell[0], into: &positions)
    }
    guard try findPlace(), let place else {
      throw postings.cursor.corrupt("a document is said to have a word, and is not in the list of the word")
    }
    return try postings.cursor.readPositions(at: place, into: &positions)
  }

  /// Writes to the front of `starts` where the phrase may start in the document at hand, as far as this word tells; returns how
  /// many there are.
  mutating func findStarts(_ starts: inout [UInt32]) throws(StorageError) -> Int {
    let count = try readPositions()
    if starts.count < count { starts += repeatElement(0, count: count - starts.count) }
    let first = places[0]
    var found = 0
    for index in 0..<count where positions[index] >= first {
      starts[found] = positions[index] - first
      found += 1
    }
    for place in places.dropFirst() {
      found = intersectStarts(&starts, 0..<found, with: positions, count: count, place: place, movingTo: 0)
    }
    return found
  }

  /// Keeps those of the first `count` starts for which the word stands at all its places; returns how many are left.
  mutating func narrowStarts(_ starts: inout [UInt32], count: Int) throws(StorageError) -> Int {
    let positionCount = try readPositions()
    var left = count
    for place in places {
      left = intersectStarts(&starts, 0..<left, with: positions, count: positionCount, place: place, movingTo: 0)
    }
    return left
  }
}
