import BitKernels
import IndexStorage

/// Turns the stream of a term, which is in the order of arrival, into a posting list in document order.
struct OccurrenceInverter: ~Copyable {
  private let order: DocumentOrder
  /// The documents of the term at hand.
  private var documents = PlainBuffer<UInt32>(capacity: 1 << 12)
  /// How often the term stands in each.
  private var occurrences = PlainBuffer<UInt32>(capacity: 1 << 12)
  /// The positions of one document after the other.
  private var positions = PlainBuffer<UInt32>(capacity: 1 << 14)
  /// Where the positions of each begin.
  private var starts = PlainBuffer<Int>(capacity: 1 << 12)
  /// Document numbers above places among ``documents``.
  private var keys = PlainBuffer<UInt64>(capacity: 1 << 12)
  private var scratch = PlainBuffer<UInt64>(capacity: 1 << 12)
  /// No document number has more bits.
  private let documentBits: Int

  init(order: DocumentOrder) {
    self.order = order
    documentBits = Int.bitWidth - order.count.leadingZeroBitCount
  }

  /// Writes the posting list of a stream and returns its dictionary entry; nil where all its documents are left out.
  ///
  /// Complexity: O(occurrences + documents).
  mutating func write(
    _ stream: OccurrenceArena.Stream, of arena: borrowing OccurrenceArena, to writer: inout PostingsWriter
  ) throws(StorageError) -> TermEntry? {
    read(stream, arena.bytes.span)
    if order.isIdentity {
      try writer.add(documents: documents.span, occurrences: occurrences.span, positions: positions.span)
    } else {
      try writeInOrder(to: &writer)
      if keys.isEmpty { return nil }
    }
    return try writer.endList()
  }

  private mutating func writeInOrder(to writer: inout PostingsWriter) throws(StorageError) {
    keys.removeAll()
    starts.removeAll()
    var start = 0
    for index in 0..<documents.count {
      let document = order.new[Int(documents[index])]
      if document != DocumentOrder.none { keys.append(UInt64(document) << 32 | UInt64(index)) }
      starts.append(start)
      start += Int(occurrences[index])
    }
    sortByUpperHalf(&keys, bits: documentBits, scratch: &scratch)
    for place in 0..<keys.count {
      let key = keys[place]
      let index = Int(key & 0xFFFF_FFFF)
      let start = starts[index]
      try writer.add(
        document: UInt32(key >> 32), positions: positions.span.extracting(start..<start + Int(occurrences[index])))
    }
  }

  private mutating func read(_ stream: OccurrenceArena.Stream, _ bytes: Span<UInt8>) {
    documents.removeAll()
    occurrences.removeAll()
    positions.removeAll()
    var reader = OccurrenceArena.Reader(stream)
    var document: UInt32 = 0
    var position: UInt32 = 0
    // Where the positions of the document at hand begin.
    var start = 0
    while !reader.isAtEnd {
      let code = reader.readVarint(bytes)
      if code & 1 == 1 {
        document += code >> 1
        position = reader.readVarint(bytes)
        if !documents.isEmpty { occurrences.append(UInt32(positions.count - start)) }
        start = positions.count
        documents.append(document)
      } else {
        position += code >> 1 + 1
      }
      positions.append(position)
    }
    occurrences.append(UInt32(positions.count - start))
  }
}
