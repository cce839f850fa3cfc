import BitKernels
import IndexStorage

/// The postings of one term in one source of a merge, document by document.
private final class PostingsSource {
  private var cursor: PostingsCursor
  private let numbers: [UInt32]
  private var index = -1
  /// The merged number of the current document; nil at the end.
  private(set) var number: UInt32?

  init(_ cursor: consuming PostingsCursor, numbers: [UInt32]) throws(StorageError) {
    self.cursor = cursor
    self.numbers = numbers
    try advance()
  }

  /// Moves to the next document that is not deleted.
  func advance() throws(StorageError) {
    repeat {
      index += 1
      if index >= cursor.count {
        let target = cursor.count == 0 ? 0 : cursor.lastDocument + 1
        guard try cursor.advance(toBlockWith: target) else {
          number = nil
          return
        }
        index = 0
      }
      number = numbers[Int(cursor.documents[index])]
    } while number == MergedOrder.none
  }

  func readPositions(into positions: inout [UInt32]) throws(StorageError) -> Int {
    try cursor.readPositions(at: index, into: &positions)
  }
}

/// Brings the postings of one term from several segments into the order of the merged segment, one block of each in memory at a
/// time.
struct PostingsMerge {
  private let order: MergedOrder
  private var sources: [PostingsSource] = []
  private var positions: [UInt32] = []

  init(order: MergedOrder) { self.order = order }

  /// Takes in the postings of a term from one segment.
  mutating func read(_ entry: TermEntry, of segment: SegmentReader, number: Int) throws(StorageError) {
    sources.append(
      try PostingsSource(try segment.words.cursor(for: entry), numbers: order.numbers[number]))
  }

  /// Writes what was taken in as one list and returns its dictionary entry; nil where no document is left.
  ///
  /// Complexity: O(documents · sources + occurrences).
  mutating func write(to writer: inout PostingsWriter) throws(StorageError) -> TermEntry? {
    var isEmpty = true
    while true {
      var best: PostingsSource?
      for source in sources {
        guard let number = source.number else { continue }
        if let current = best?.number, current < number { continue }
        best = source
      }
      guard let best, let number = best.number else { break }
      let count = try best.readPositions(into: &positions)
      try writer.add(document: number, positions: positions.span.extracting(0..<count))
      isEmpty = false
      try best.advance()
    }
    sources.removeAll(keepingCapacity: true)
    return isEmpty ? nil : try writer.endList()
  }
}
