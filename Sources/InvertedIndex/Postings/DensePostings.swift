import BitKernels
import IndexStorage

/// The postings of a frequent word by document, in memory: whether any document has the word, how often, and about what that is
/// worth are one load each, and bounds are added up for eight documents at a time.
///
/// A document has a byte, its cell. The low four bits say how often the word is in it, 15 standing for that many and more. The high
/// four say what it gets of the word at most, as a class of ``Impact/sharePerClass``. A bit a document beside that is for counting,
/// and finds the cell where a word is not so frequent that every document has one.
///
/// Source: quantized impacts, Anh & Moffat 2002, here as bounds of exact scores and by document.
@usableFromInline
package final class DensePostings: Sendable {
  /// The documents that contain the word.
  @usableFromInline package let documents: DocumentBitmap
  /// The cell of each document, and zeros up to a whole number of groups; or only those of the documents that have the word.
  @usableFromInline let cells: [UInt8]
  /// Where only documents that have the word have a cell: how many they are before each group; else empty.
  @usableFromInline let before: [UInt32]
  /// The greatest class of each ``DenseCells/groupSize`` documents.
  package let greatestClasses: [UInt8]
  /// The greatest share of each group, as ``Impact/bytes(notBelow:)``.
  package let greatestShares: [UInt16]
  /// The groups with the greatest shares, greatest first: at least as many as ``leastGreatestGroups``, or all that have the word.
  package let greatestGroups: [UInt32]
  /// Occurrences that a cell tells exactly are fewer.
  @inlinable static var manyOccurrences: UInt8 { 15 }
  /// Of each 64 cells, those whose documents have the word more often than a cell can say: cell i of them is bit i.
  private let manyCells: [UInt64]
  /// How many of those there are before each 64.
  private let manyBefore: [UInt32]
  /// How often each of their documents has the word.
  private let manyOccurrences: [UInt32]

  private static let leastGreatestGroups = 64

  /// Every document has a cell where the word is in one of so many or more: its sums take whole vectors then.
  private static let sparsestOfAll = 32

  /// Reads a whole list; throws where it cannot be read, or has not as many documents as its term.
  ///
  /// Complexity: O(documents of the segment).
  init(_ entry: TermEntry, in lists: PostingLists) throws(StorageError) {
    let averageLength = lists.lengths.average
    var documents = DocumentBitmap(documentCount: lists.documentCount)
    let groupCount = (lists.documentCount + DenseCells.groupSize - 1) / DenseCells.groupSize
    let isOfAll = DensePostings.isOfAll(entry.documentCount, of: lists.documentCount)
    var cells = [UInt8](repeating: 0, count: isOfAll ? groupCount * DenseCells.groupSize : entry.documentCount)
    var greatest = [UInt8](repeating: 0, count: groupCount)
    var greatestShares = [UInt16](repeating: 0, count: groupCount)
    var manyCells = [UInt64](repeating: 0, count: (cells.count + 63) / 64)
    var manyOccurrences: [UInt32] = []
    var cursor = try lists.cursor(for: entry)
    var target: UInt32 = 0
    var rank = 0
    while try cursor.advance(toBlockWith: target) {
      try cursor.loadOccurrences()
      guard rank + cursor.count <= entry.documentCount else { throw DensePostings.otherCount(lists) }
      for index in cursor.documents.indices {
        let (document, occurrences) = (cursor.documents[index], cursor.occurrences[index])
        let share = Impact.share(
          occurrences: occurrences, length: lists.lengths.total[Int(document)], averageLength: averageLength)
        let impact = Impact.shareClass(notBelow: share)
        let place = isOfAll ? Int(document) : rank
        cells[place] = impact << 4 | UInt8(min(occurrences, UInt32(DensePostings.manyOccurrences)))
        let group = Int(document) / DenseCells.groupSize
        greatest[group] = max(greatest[group], impact)
        greatestShares[group] = max(greatestShares[group], Impact.bytes(notBelow: share))
        documents.insert(document)
        if occurrences >= DensePostings.manyOccurrences {
          manyCells[place >> 6] |= 1 << UInt64(place & 63)
          manyOccurrences.append(occurrences)
        }
        rank += 1
      }
      target = cursor.lastDocument + 1
    }
    guard rank == entry.documentCount else { throw DensePostings.otherCount(lists) }
    before = isOfAll ? [] : DenseCells.countsBefore(documents.present)
    manyBefore = DenseCells.countsBefore(manyCells)
    self.documents = documents
    self.cells = cells
    greatestClasses = greatest
    self.greatestShares = greatestShares
    greatestGroups = DensePostings.greatest(greatestShares)
    self.manyCells = manyCells
    self.manyOccurrences = manyOccurrences
  }

  private static func greatest(_ shares: [UInt16]) -> [UInt32] {
    let limit = DenseCells.limit(ofGreatest: leastGreatestGroups, shares.span) ?? 0
    return shares.indices.filter { shares[$0] > limit }.map { UInt32($0) }.sorted {
      (shares[Int($0)], $1) > (shares[Int($1)], $0)
    }
  }

  static func otherCount(_ lists: PostingLists) -> StorageError {
    .corrupt(file: lists.postings.name, offset: nil, reason: "a list has not as many documents as its term")
  }

  private static func isOfAll(_ documentCount: Int, of all: Int) -> Bool { documentCount >= all / sparsestOfAll }

  /// The memory that a word takes, but for what its cells cannot say.
  static func byteCount(_ entry: TermEntry, documentCount: Int) -> Int {
    let isOfAll = isOfAll(entry.documentCount, of: documentCount)
    let cellCount = isOfAll ? documentCount : entry.documentCount
    let groupCount = documentCount / DenseCells.groupSize
    return documentCount / 8 + 3 * groupCount + 8 * leastGreatestGroups + cellCount + cellCount / 8 + cellCount / 16
      + (isOfAll ? 0 : 4 * groupCount)
  }

  /// How often a document has the word; 0 where it has not.
  ///
  /// Complexity: O(1).
  @inlinable
  package func occurrences(in document: UInt32) -> UInt32 { cell(of: document).occurrences }

  /// What a document gets of the word at most, as a class, and how often it has the word; 0 where it has not.
  ///
  /// Complexity: O(1).
  @inlinable
  package func cell(of document: UInt32) -> (impact: UInt8, occurrences: UInt32) {
    guard let place = place(of: document) else { return (0, 0) }
    let cell = cells[place]
    let told = cell & 15
    return (cell >> 4, told < DensePostings.manyOccurrences ? UInt32(told) : manyOccurrences(at: place))
  }

  /// Adds the classes of the documents of some groups, ascending, times a weight to their sums.
  package func addClasses(of groups: [UInt32], count: Int, weight: UInt16, to sums: inout [UInt16]) {
    if before.isEmpty {
      DenseCells.add(cells, of: groups, count: count, weight: weight, to: &sums)
    } else {
      DenseCells.add(
        cells, present: documents.present, before: before, of: groups, count: count, weight: weight, to: &sums)
    }
  }

  /// Adds what each candidate gets of the word at most, `unit` a class.
  package func addReach(unit: Double, documents: [UInt32], to reaches: inout [Double], count: Int) {
    if before.isEmpty {
      DenseCells.addReach(cells, unit: unit, documents: documents, to: &reaches, count: count)
    } else {
      DenseCells.addReach(
        cells, present: self.documents.present, before: before, unit: unit, documents: documents, to: &reaches, count: count)
    }
  }

  /// Where the cell of a document stands; nil where it has none.
  @inlinable
  package func place(of document: UInt32) -> Int? {
    if before.isEmpty { return Int(document) }
    let (group, place) = (Int(document >> 6), UInt64(document & 63))
    let bits = documents.present[group]
    if bits &>> place & 1 == 0 { return nil }
    return Int(before[group]) + (bits & ((1 &<< place) &- 1)).nonzeroBitCount
  }

  @inline(never)
  @usableFromInline
  func manyOccurrences(at place: Int) -> UInt32 {
    let before = manyCells[place >> 6] & ((1 << UInt64(place & 63)) - 1)
    return manyOccurrences[Int(manyBefore[place >> 6]) + before.nonzeroBitCount]
  }
}
