/// The words of the articles gathered so far: the terms, and where each occurs.
///
/// One struct, so that adding a field is one access to it: with the parts as properties of a class, the run-time's exclusivity
/// checks took 15 % of building.
struct OccurrenceBuffer {
  private(set) var terms = TermTable()
  private(set) var arena: OccurrenceArena
  private var states: [TermState] = []

  /// What is known of a term while articles come in.
  private struct TermState {
    var stream: OccurrenceArena.Stream
    var lastDocument: UInt32
    var lastPosition: UInt32
  }

  init(arenaByteCount: Int) { arena = OccurrenceArena(byteCount: arenaByteCount) }

  /// The memory taken so far, without the unused part of the arena.
  var byteCount: Int { arena.used + terms.byteCount + states.capacity * MemoryLayout<TermState>.stride }

  /// Whether another article of so many words fits into the planned memory.
  func hasRoom(forWords count: Int) -> Bool { arena.hasRoom(forWords: count) }

  /// The occurrences of a term: for a new document (gap · 2 + 1) and the position, for a further one in the same document
  /// (distance - 1) · 2.
  func stream(of term: Int) -> OccurrenceArena.Stream { states[term].stream }

  /// Adds the words of a field; token i is `lengths[i]` bytes of `termBytes` from `offsets[i]`, at position `firstPosition + i`.
  mutating func add(
    termBytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>, document: UInt32, firstPosition: UInt32
  ) {
    var position = firstPosition
    for index in offsets.indices {
      let term = terms.number(of: termBytes, at: Int(offsets[index]), count: Int(lengths[index]))
      if term == states.count {
        states.append(TermState(stream: arena.makeStream(), lastDocument: .max, lastPosition: 0))
      }
      add(occurrenceOf: term, document: document, position: position)
      position += 1
    }
  }

  private mutating func add(occurrenceOf term: Int, document: UInt32, position: UInt32) {
    if states[term].lastDocument == document {
      arena.appendVarint((position - states[term].lastPosition - 1) << 1, to: &states[term].stream)
    } else {
      let gap = states[term].lastDocument == .max ? document : document - states[term].lastDocument
      arena.appendVarint(gap << 1 | 1, to: &states[term].stream)
      arena.appendVarint(position, to: &states[term].stream)
      states[term].lastDocument = document
    }
    states[term].lastPosition = position
  }
}
