import IndexStorage

/// Turns the stream of a term, which is in the order of arrival, into a posting list in document order.
struct OccurrenceInverter {
  private let order: DocumentOrder
  /// The documents of the term at hand.
  private var documents: [UInt32] = []
  /// Where the positions of each end.
  private var positionEnds: [Int] = []
  private var positions: [UInt32] = []
  private var sorted: [UInt64] = []

  init(order: DocumentOrder) { self.order = order }

  /// Writes the posting list of a stream and returns its dictionary entry; nil where all its documents are left out.
  ///
  /// Complexity: O(occurrences + documents · log documents).
  mutating func write(
    _ stream: OccurrenceArena.Stream, of arena: borrowing OccurrenceArena, to writer: inout PostingsWriter
  ) throws(StorageError) -> TermEntry? {
    read(stream, arena.bytes.span)
    if order.isIdentity {
      for index in documents.indices { try add(index, document: documents[index], to: &writer) }
    } else {
      sorted.removeAll(keepingCapacity: true)
      for index in documents.indices {
        let document = order.new[Int(documents[index])]
        if document != DocumentOrder.none { sorted.append(UInt64(document) << 32 | UInt64(index)) }
      }
      if sorted.isEmpty { return nil }
      sorted.sort()
      for key in sorted { try add(Int(key & 0xFFFF_FFFF), document: UInt32(key >> 32), to: &writer) }
    }
    return try writer.endList()
  }

  private func add(_ index: Int, document: UInt32, to writer: inout PostingsWriter) throws(StorageError) {
    let start = index == 0 ? 0 : positionEnds[index - 1]
    try writer.add(document: document, positions: positions.span.extracting(start..<positionEnds[index]))
  }

  private mutating func read(_ stream: OccurrenceArena.Stream, _ bytes: Span<UInt8>) {
    documents.removeAll(keepingCapacity: true)
    positionEnds.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    var reader = OccurrenceArena.Reader(stream)
    var document: UInt32 = 0
    var position: UInt32 = 0
    while !reader.isAtEnd {
      let code = reader.readVarint(bytes)
      if code & 1 == 1 {
        document += code >> 1
        position = reader.readVarint(bytes)
        if !documents.isEmpty { positionEnds.append(positions.count) }
        documents.append(document)
      } else {
        position += code >> 1 + 1
      }
      positions.append(position)
    }
    positionEnds.append(positions.count)
  }
}
