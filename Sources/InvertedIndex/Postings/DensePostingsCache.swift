import BitKernels
import IndexStorage

/// The ``DensePostings`` of frequent words of one segment: made when a word is asked for a second time, kept while there is room,
/// least used first to go.
///
/// They are not stored: all of them would take several times the room of the postings (Decisions/0008).
///
/// Concurrency: may be used from many threads at once.
final class DensePostingsCache: Sendable {
  /// Words in fewer documents than 1 of so many are not frequent.
  private static let sparsest = 512
  /// The bytes that all of a segment may take: so much, or a quarter of its postings where that is more.
  private static let smallestCapacity = 64 << 20

  /// A class, so that a look-up is one search of the dictionary; reached only while the lock is held.
  private final class Slot {
    var postings: DensePostings?
    var byteCount = 0
    var lastUse = 0
  }

  private struct State {
    var slots: [Int: Slot] = [:]
    var byteCount = 0
    var clock = 0
  }

  private let capacity: Int
  private let documentCount: Int
  private let state = Guarded<State>(State())

  init(documentCount: Int, postingsByteCount: Int) {
    self.documentCount = documentCount
    capacity = max(Self.smallestCapacity, postingsByteCount / 4)
  }

  /// The postings of a term by document; nil where it is too rare, or was not asked for before.
  func postings(of entry: TermEntry, in lists: PostingLists) throws(StorageError) -> DensePostings? {
    let byteCount = DensePostings.byteCount(entry, documentCount: documentCount)
    guard entry.documentCount >= max(IntegerBlock.size + 1, documentCount / Self.sparsest), byteCount <= capacity else {
      return nil
    }
    let (postings, isKnown) = state.withValue { state in
      state.clock += 1
      guard let slot = state.slots[entry.postingsOffset] else {
        state.slots[entry.postingsOffset] = Slot()
        return (nil as DensePostings?, false)
      }
      slot.lastUse = state.clock
      return (slot.postings, true)
    }
    if postings != nil || !isKnown { return postings }
    let made = try DensePostings(entry, in: lists)
    state.withValue { keep(made, byteCount, at: entry.postingsOffset, &$0) }
    return made
  }

  private func keep(_ postings: DensePostings, _ byteCount: Int, at offset: Int, _ state: inout State) {
    let slot = state.slots[offset, default: Slot()]
    if slot.postings == nil { state.byteCount += byteCount }
    slot.byteCount = byteCount
    slot.postings = postings
    slot.lastUse = state.clock
    state.slots[offset] = slot
    while state.byteCount > capacity {
      let oldest = state.slots.filter { $0.value.postings != nil }.min { $0.value.lastUse < $1.value.lastUse }
      guard let oldest else { return }
      state.slots[oldest.key] = nil
      state.byteCount -= oldest.value.byteCount
    }
  }
}
