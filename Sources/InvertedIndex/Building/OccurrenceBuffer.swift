/// The words of the articles gathered so far: the terms, and where each occurs.
///
/// One struct, so that adding a field is one access to it: with the parts as properties of a class, the run-time's exclusivity
/// checks took 15 % of building.
struct OccurrenceBuffer {
  private(set) var terms = TermTable()
  private(set) var arena: OccurrenceArena
  private var states: [TermState] = []
  /// The numbers of the terms of the field at hand.
  private var numbers: [UInt32] = []

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
    // Taken out and put back, so that it can be read while the streams are written to.
    var numbers: [UInt32] = []
    swap(&numbers, &self.numbers)
    defer { swap(&numbers, &self.numbers) }
    terms.numbers(of: termBytes, offsets: offsets, lengths: lengths, into: &numbers)
    while states.count < terms.count {
      states.append(TermState(stream: arena.makeStream(), lastDocument: .max, lastPosition: 0))
    }
    var next = 0
    while true {
      next = Self.appendWhereSlicesHaveRoom(
        numbers.span, from: next, document: document, firstPosition: firstPosition, to: &states, &arena.bytes)
      guard next < numbers.count else { return }
      append(occurrenceOf: Int(numbers[next]), document: document, position: firstPosition + UInt32(next))
      next += 1
    }
  }

  /// Appends the occurrences of terms from `start` on, up to the first whose slice is too full; returns its index.
  private static func appendWhereSlicesHaveRoom(
    _ numbers: Span<UInt32>, from start: Int, document: UInt32, firstPosition: UInt32, to states: inout [TermState],
    _ bytes: inout [UInt8]
  ) -> Int {
    var states = states.mutableSpan
    var bytes = bytes.mutableSpan
    for index in start..<numbers.count {
      let number = Int(numbers[index])
      var state = states[number]
      let position = firstPosition &+ UInt32(truncatingIfNeeded: index)
      let end = state.stream.end
      var next = state.stream.next
      if state.lastDocument == document {
        guard end &- next >= OccurrenceArena.longestVarint else { return index }
        OccurrenceArena.writeVarint((position &- state.lastPosition &- 1) << 1, to: &bytes, at: &next)
      } else {
        guard end &- next >= 2 * OccurrenceArena.longestVarint else { return index }
        let gap = state.lastDocument == .max ? document : document &- state.lastDocument
        OccurrenceArena.writeVarint(gap << 1 | 1, to: &bytes, at: &next)
        OccurrenceArena.writeVarint(position, to: &bytes, at: &next)
        state.lastDocument = document
      }
      state.lastPosition = position
      state.stream.next = next
      states[number] = state
    }
    return numbers.count
  }

  private mutating func append(occurrenceOf term: Int, document: UInt32, position: UInt32) {
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
