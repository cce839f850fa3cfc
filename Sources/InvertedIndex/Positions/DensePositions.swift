import BitKernels
import IndexStorage

/// The positions of a frequent word by document, in memory: those of one document are found without laying out the block of
/// the list that it is in, for most documents by one load. See ``PositionCells``.
package final class DensePositions: Sendable {
  /// The file that names the word's documents.
  private let fileName: String
  /// The documents that contain the word.
  private let documents: DocumentBitmap
  /// How many of them are before each 64.
  private let before: [UInt32]
  /// The cell of each of them.
  private let cells: [UInt64]
  /// What cells have no room for.
  private let others: [UInt16]

  /// Reads the positions of a whole list; throws where they cannot be read.
  ///
  /// - Parameter postings: those of the word, by document.
  ///
  /// Complexity: O(occurrences).
  init(_ entry: TermEntry, _ postings: DensePostings, in lists: PostingLists) throws(StorageError) {
    var cells: [UInt64] = []
    cells.reserveCapacity(entry.documentCount)
    var others: [UInt16] = []
    var positions: [UInt32] = []
    var cursor = try lists.cursor(for: entry)
    var target: UInt32 = 0
    while try cursor.advance(toBlockWith: target) {
      for index in 0..<cursor.count {
        let count = try cursor.readPositions(at: index, into: &positions)
        cells.append(PositionCells.cell(of: positions.span.extracting(0..<count), others: &others))
      }
      target = cursor.lastDocument + 1
    }
    // As many as there are bits: the postings were held to the same count.
    guard cells.count == entry.documentCount else { throw DensePostings.otherCount(lists) }
    fileName = lists.postings.name
    documents = postings.documents
    before = postings.before.isEmpty ? DenseCells.countsBefore(documents.present) : postings.before
    self.cells = cells
    // An array that grew by doubling takes up to twice what it needs; how much that is was not known before all was read.
    var exact: [UInt16] = []
    exact.reserveCapacity(others.count)
    exact.append(contentsOf: others)
    self.others = exact
  }

  /// The memory that a word takes.
  var byteCount: Int { 4 * before.count + 8 * cells.count + 2 * others.count }

  /// The most memory that a word may take, but for articles of more than 65,534 words.
  static func byteCount(_ entry: TermEntry, documentCount: Int) -> Int {
    documentCount / 16 + 4 + 10 * entry.documentCount + 2 * entry.occurrenceCount
  }

  /// Throws where not all documents of some masks have the word: an index of pairs says that they do.
  ///
  /// Complexity: O(masks).
  package func checkHolding(_ masks: [UInt64]) throws(StorageError) {
    guard DenseCells.holdsAll(masks, of: documents.present) else {
      throw .corrupt(
        file: fileName, offset: nil, reason: "two words stand side by side in a document, and one of them is not there")
    }
  }

  /// Writes the cell of each of some documents, which must have the word, to the front of `found`; documents ascend.
  ///
  /// Complexity: O(range).
  package func gather(_ documents: [UInt32], _ range: Range<Int>, into found: inout [UInt64]) {
    PositionCells.gather(cells, present: self.documents.present, before: before, of: documents, range, into: &found)
  }

  /// Writes the positions of a cell to the front of `positions`, which grows where it must; returns how many there are.
  package func read(_ cell: UInt64, into positions: inout [UInt32]) -> Int {
    PositionCells.read(cell, others: others, into: &positions)
  }

  /// Keeps those of the first `count` starts for which `start + place` is among the positions of a cell; returns how many.
  @inline(__always)
  package func narrow(_ starts: inout [UInt32], count: Int, place: UInt32, to cell: UInt64) -> Int {
    PositionCells.narrow(&starts, count: count, place: place, to: cell, others: others)
  }
}
