import IndexStorage

/// The document order of a segment that is merged from others.
struct MergedOrder {
  /// The merged number of a document that is deleted.
  static let none = UInt32.max

  /// Where each merged document comes from.
  private(set) var sources: [(segment: Int, document: Int)] = []
  /// The merged number of each document, by segment; ``none`` for deleted ones.
  private(set) var numbers: [[UInt32]]
  /// The rank of each document's id among those of all live documents, by segment.
  let identityRanks: [[UInt32]]

  /// Merges the orders of segments: newest first, undated last, ties by id; without deleted documents.
  ///
  /// Complexity: O(documents · segments).
  init(_ segments: [SegmentReader]) throws(StorageError) {
    identityRanks = try MergedOrder.rankIdentities(segments)
    numbers = segments.map { Array(repeating: MergedOrder.none, count: $0.documentCount) }
    var keys: [[Int64]] = []
    for segment in segments {
      var segmentKeys: [Int64] = []
      segmentKeys.reserveCapacity(segment.documentCount)
      for document in 0..<segment.documentCount { segmentKeys.append(try segment.sortKey(document)) }
      keys.append(segmentKeys)
    }
    // The next document of each segment that is not deleted.
    var next = segments.map { MergedOrder.firstLive(of: $0, from: 0) }
    let total = segments.reduce(0) { $0 + $1.liveCount }
    sources.reserveCapacity(total)
    for number in 0..<total {
      var best = -1
      for index in segments.indices where next[index] < keys[index].count {
        if best < 0 || isBefore(index, best, next: next, keys: keys) { best = index }
      }
      numbers[best][next[best]] = UInt32(number)
      sources.append((best, next[best]))
      next[best] = MergedOrder.firstLive(of: segments[best], from: next[best] + 1)
    }
  }

  private static func firstLive(of segment: SegmentReader, from start: Int) -> Int {
    var document = start
    while document < segment.documentCount, !segment.isLive(document) { document += 1 }
    return document
  }

  private func isBefore(_ left: Int, _ right: Int, next: [Int], keys: [[Int64]]) -> Bool {
    let leftKey = keys[left][next[left]]
    let rightKey = keys[right][next[right]]
    if leftKey != rightKey { return leftKey > rightKey }
    return identityRanks[left][next[left]] < identityRanks[right][next[right]]
  }

  /// Walks the ids of the live documents of all segments together, in order.
  static func walkIdentities(
    _ segments: [SegmentReader],
    _ body: (_ rank: Int, _ segment: Int, _ document: Int, _ id: ArraySlice<UInt8>) throws(StorageError) -> Void
  ) throws(StorageError) {
    var cursors = segments.map { KeyTableCursor($0.identities) }
    var hasKey: [Bool] = []
    for index in cursors.indices { hasKey.append(try cursors[index].advance()) }
    var rank = 0
    var last: [UInt8]?
    while true {
      var best = -1
      for index in cursors.indices where hasKey[index] {
        if best < 0 || cursors[index].key.lexicographicallyPrecedes(cursors[best].key) { best = index }
      }
      guard best >= 0 else { return }
      let file = segments[best].identities.file
      let document = Int(cursors[best].payload.document)
      guard document < segments[best].documentCount else {
        throw file.corrupt(at: 0, "an id names a document past the end of its segment")
      }
      if segments[best].isLive(document) {
        guard last.map({ $0.elementsEqual(cursors[best].key) }) != true else {
          throw file.corrupt(at: 0, "an id stands in two segments")
        }
        last = Array(cursors[best].key)
        try body(rank, best, document, cursors[best].key)
        rank += 1
      }
      hasKey[best] = try cursors[best].advance()
    }
  }

  private static func rankIdentities(_ segments: [SegmentReader]) throws(StorageError) -> [[UInt32]] {
    var ranks = segments.map { [UInt32](repeating: 0, count: $0.documentCount) }
    try walkIdentities(segments) { (rank, segment, document, _) throws(StorageError) in
      ranks[segment][document] = UInt32(rank)
    }
    return ranks
  }
}
