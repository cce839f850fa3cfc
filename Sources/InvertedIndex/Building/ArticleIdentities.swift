import BitKernels

/// Which articles came to a segment under construction: their ids and content hashes, by arrival.
///
/// Apart from ``SegmentBuilder``, because whoever deals articles out to several builders asks for ids while the builders work.
package struct ArticleIdentities: Sendable {
  /// The ids, each once.
  private var ids = TermTable()
  /// The number of each arrival's id among the ids.
  private var idNumbers: [UInt32] = []
  private var contentHashes: [UInt64] = []
  /// The arrival that has an id now, by the id's number; nil where it was deleted.
  private var arrivals: [UInt32?] = []
  /// The number of arrivals that were replaced or deleted since.
  private var deadCount = 0

  /// No article.
  package init() {}

  /// The number of articles that came, replaced and deleted ones included.
  package var count: Int { idNumbers.count }
  /// The number of articles that will be written.
  package var liveCount: Int { count - deadCount }

  /// The memory taken, in bytes.
  var byteCount: Int {
    ids.byteCount + 4 * idNumbers.capacity + 8 * contentHashes.capacity + arrivals.capacity * MemoryLayout<UInt32?>.stride
  }

  /// Notes the next arrival. An article with the same id must have been deleted before.
  package mutating func append(id: String, contentHash: UInt64) {
    let bytes = id.utf8Span.span
    append(ids.number(of: bytes, at: 0, count: bytes.count), contentHash)
  }

  /// Notes the articles of another row that were not deleted as the next arrivals, in their order, and returns their places there.
  package mutating func append(liveOf others: ArticleIdentities) -> [Int] {
    let live = (0..<others.count).filter { others.isLive($0) }
    let bytes = others.ids.termBytes.span
    for arrival in live {
      let range = others.ids.range(Int(others.idNumbers[arrival]))
      append(ids.number(of: bytes, at: range.lowerBound, count: range.count), others.contentHashes[arrival])
    }
    return live
  }

  private mutating func append(_ number: Int, _ contentHash: UInt64) {
    let arrival = UInt32(count)
    idNumbers.append(UInt32(number))
    contentHashes.append(contentHash)
    if number == arrivals.count {
      arrivals.append(arrival)
    } else {
      precondition(arrivals[number] == nil, "an id is added twice to one segment")
      arrivals[number] = arrival
    }
  }

  /// Leaves out the article with an id; false where there is none.
  package mutating func delete(id: String) -> Bool {
    let bytes = id.utf8Span.span
    guard let number = ids.find(bytes, at: 0, count: bytes.count), arrivals[number] != nil else { return false }
    arrivals[number] = nil
    deadCount += 1
    return true
  }

  /// The ids of the articles that will be written.
  package var liveIDs: [String] {
    arrivals.indices.compactMap { number in
      arrivals[number] == nil ? nil : String(decoding: ids.termBytes[ids.range(number)], as: UTF8.self)
    }
  }

  /// The content hash of the article with an id, or nil.
  package func contentHash(ofID id: String) -> UInt64? {
    let bytes = id.utf8Span.span
    return ids.find(bytes, at: 0, count: bytes.count).flatMap { arrivals[$0] }.map { contentHashes[Int($0)] }
  }

  /// Whether an arrival was neither replaced nor deleted.
  func isLive(_ arrival: Int) -> Bool { arrivals[Int(idNumbers[arrival])] == UInt32(arrival) }

  /// The arrivals that will be written, in no stated order.
  var liveArrivals: [UInt32] { arrivals.compactMap { $0 } }

  /// The bytes of an arrival's id.
  func id(_ arrival: Int) -> ArraySlice<UInt8> { ids.termBytes[ids.range(Int(idNumbers[arrival]))] }

  /// The content hash of an arrival.
  func contentHash(_ arrival: Int) -> UInt64 { contentHashes[arrival] }
}
