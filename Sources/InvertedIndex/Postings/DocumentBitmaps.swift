import BitKernels
import IndexStorage

/// The documents of frequent words of one segment as bitmaps in memory: made when a word is asked for a second time, kept while
/// there is room, least used first to go.
///
/// Whether a document has such a word is then one load, and counting goes 64 documents at a time. They are not stored: all of them
/// would make the index a fifth larger, and with the counts more (Decisions/0004).
///
/// Concurrency: may be used from many threads at once.
package final class DocumentBitmaps: Sendable {
  /// Words in fewer documents than 1 of so many have no bitmap.
  package static let sparsest = 32
  /// The bytes that all bitmaps of a segment may take: so much, or an eighth of its postings where that is more.
  static let smallestCapacity = 32 << 20

  private struct Slot {
    var words: DocumentBitmap?
    var lastUse: Int
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
    capacity = max(Self.smallestCapacity, postingsByteCount / 8)
  }

  /// The documents of a term, document i as bit i; nil where it is too rare, or was not asked for before.
  func bitmap(of entry: TermEntry, in lists: PostingLists) throws(StorageError) -> DocumentBitmap? {
    guard entry.documentCount >= max(IntegerBlock.size + 1, documentCount / Self.sparsest), byteCount <= capacity else {
      return nil
    }
    let (words, isKnown) = state.withValue { state in
      state.clock += 1
      let known = state.slots[entry.postingsOffset]
      state.slots[entry.postingsOffset] = Slot(words: known?.words, lastUse: state.clock)
      return (known?.words, known != nil)
    }
    if words != nil || !isKnown { return words }
    let made = try make(entry, in: lists)
    state.withValue { keep(made, at: entry.postingsOffset, &$0) }
    return made
  }

  private var byteCount: Int { DocumentBitmap.byteCount(documentCount: documentCount) }

  private func make(_ entry: TermEntry, in lists: PostingLists) throws(StorageError) -> DocumentBitmap {
    var bitmap = DocumentBitmap(documentCount: documentCount)
    var cursor = try lists.cursor(for: entry)
    var target: UInt32 = 0
    while try cursor.advance(toBlockWith: target) {
      try cursor.loadOccurrences()
      bitmap.insert(cursor.documents, cursor.occurrences)
      target = cursor.lastDocument + 1
    }
    return bitmap
  }

  private func keep(_ words: DocumentBitmap, at offset: Int, _ state: inout State) {
    if state.slots[offset]?.words == nil { state.byteCount += byteCount }
    state.slots[offset] = Slot(words: words, lastUse: state.clock)
    while state.byteCount > capacity {
      let oldest = state.slots.filter { $0.value.words != nil }.min { $0.value.lastUse < $1.value.lastUse }
      guard let oldest else { return }
      state.slots[oldest.key] = nil
      state.byteCount -= byteCount
    }
  }
}
