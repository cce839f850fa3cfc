import BitKernels
import IndexStorage

/// Turns the words of each article into the articles and positions of each word.
///
/// Articles are read in document order, so that the occurrences of a word come in theirs. All occurrences of a run of terms are
/// brought to their places at once, in as many turns over the articles as memory asks for.
///
/// `Cell` holds a document above a position: 32 bits do for most segments, and 64 for any.
struct OccurrenceInverter<Cell: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>: ~Copyable {
  private let order: DocumentOrder
  /// The bits of a position.
  private let positionBits: Int
  /// The terms that are left, in the order of their bytes.
  private var terms: ArraySlice<UInt32>
  /// How often each term occurs, by its number plus 1.
  private var counts: PlainBuffer<UInt32>
  /// The cell of each term's next occurrence, by its number plus 1; the last one for those that are not wanted.
  private var next: PlainBuffer<UInt32>
  private var cells: PlainBuffer<Cell>

  // The posting list of the term at hand.
  private var documents = PlainBuffer<UInt32>(capacity: 1 << 12)
  private var occurrences = PlainBuffer<UInt32>(capacity: 1 << 12)
  private var positions = PlainBuffer<UInt32>(capacity: 1 << 14)

  /// - Parameters:
  ///   - positionBits: no position has more.
  ///   - memoryByteCount: what the occurrences of a turn may take, as far as a single term does not need more.
  ///
  /// Complexity: O(occurrences + terms · log terms).
  init(of words: borrowing OccurrenceBuffer, order: DocumentOrder, positionBits: Int, memoryByteCount: Int) {
    self.order = order
    self.positionBits = positionBits
    terms = words.terms.sortedNumbers()[...]
    counts = PlainBuffer(repeating: 0, count: words.terms.count + 1)
    for arrival in order.old { countWords(words.row(Int(arrival)), into: &counts) }
    var total = 0
    var greatest = 0
    for term in terms {
      let count = Int(counts[Int(term) + 1])
      total += count
      greatest = max(greatest, count)
    }
    cells = PlainBuffer(unwritten: max(greatest, min(total, memoryByteCount / MemoryLayout<Cell>.stride)) + 1)
    next = PlainBuffer(repeating: UInt32(cells.count - 1), count: words.terms.count + 1)
  }

  /// Writes the posting list and dictionary entry of each term, but of those that only articles have that are left out.
  ///
  /// Complexity: O(occurrences) for each turn.
  mutating func write(
    _ words: borrowing OccurrenceBuffer, to files: inout SegmentFilesWriter.InvertedFiles
  ) throws(StorageError) {
    while !terms.isEmpty {
      let turn = takeTurn()
      for (document, arrival) in order.old.enumerated() {
        invertWords(words.row(Int(arrival)), document: Cell(document) << Cell(positionBits), next: &next, cells: &cells)
      }
      var start = 0
      for term in turn {
        let end = start + Int(counts[Int(term) + 1])
        next[Int(term) + 1] = UInt32(cells.count - 1)
        guard start < end else { continue }
        let entry = try writeList(start..<end, to: &files.postings)
        try files.terms.append(words.terms.termBytes[words.terms.range(Int(term))], entry)
        start = end
      }
    }
  }

  /// Gives cells to as many of the terms that are left as there are cells for.
  private mutating func takeTurn() -> ArraySlice<UInt32> {
    var taken = 0
    var cell = 0
    for term in terms {
      let end = cell + Int(counts[Int(term) + 1])
      guard end < cells.count else { break }
      next[Int(term) + 1] = UInt32(cell)
      cell = end
      taken += 1
    }
    defer { terms = terms.dropFirst(taken) }
    return terms.prefix(taken)
  }

  private mutating func writeList(_ range: Range<Int>, to writer: inout PostingsWriter) throws(StorageError) -> TermEntry {
    Self.split(cells, range, positionBits, &documents, &occurrences, &positions)
    try writer.add(documents: documents.span, occurrences: occurrences.span, positions: positions.span)
    return try writer.endList()
  }

  /// Apart, because spans of parts of a value exclude each other.
  private static func split(
    _ cells: borrowing PlainBuffer<Cell>, _ range: Range<Int>, _ positionBits: Int, _ documents: inout PlainBuffer<UInt32>,
    _ occurrences: inout PlainBuffer<UInt32>, _ positions: inout PlainBuffer<UInt32>
  ) {
    splitOccurrences(
      cells.span.extracting(range), placeBits: positionBits, documents: &documents, occurrences: &occurrences,
      places: &positions)
  }
}
