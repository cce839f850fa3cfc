import BitKernels
import IndexStorage

/// The postings of a frequent word by document, in memory: whether any document has the word, how often, and about what that is
/// worth are one load each, and bounds are added up for eight documents at a time.
///
/// A document has a byte, its cell. The low four bits say how often the word is in it, 15 standing for that many and more. The high
/// four say what it gets of the word at most, as a class of ``Impact/sharePerClass``. A bit a document beside that is for counting.
///
/// Source: quantized impacts, Anh & Moffat 2002, here as bounds of exact scores and by document.
@usableFromInline
package final class DensePostings: Sendable {
  /// The documents that contain the word.
  package let documents: DocumentBitmap
  /// The cell of each document, and zeros up to a whole number of groups.
  @usableFromInline package let cells: [UInt8]
  /// The greatest class of each ``DenseCells/groupSize`` documents.
  package let greatestClasses: [UInt8]
  /// Occurrences that a cell tells exactly are fewer.
  @inlinable static var manyOccurrences: UInt8 { 15 }
  /// Of each group, the documents that have the word more often than a cell can say: document i of the group is bit i.
  private let manyDocuments: [UInt64]
  /// How many of those there are before each group.
  private let manyBefore: [UInt32]
  /// How often each of them has the word.
  private let manyOccurrences: [UInt32]

  /// Reads a whole list.
  ///
  /// Complexity: O(documents of the segment).
  init(_ entry: TermEntry, in lists: PostingLists) throws(StorageError) {
    let averageLength = lists.lengths.average
    var documents = DocumentBitmap(documentCount: lists.documentCount)
    let groupCount = (lists.documentCount + DenseCells.groupSize - 1) / DenseCells.groupSize
    var cells = [UInt8](repeating: 0, count: groupCount * DenseCells.groupSize)
    var greatest = [UInt8](repeating: 0, count: groupCount)
    var manyDocuments = [UInt64](repeating: 0, count: groupCount)
    var manyOccurrences: [UInt32] = []
    var cursor = try lists.cursor(for: entry)
    var target: UInt32 = 0
    while try cursor.advance(toBlockWith: target) {
      try cursor.loadOccurrences()
      for index in cursor.documents.indices {
        let (document, occurrences) = (cursor.documents[index], cursor.occurrences[index])
        let share = Impact.share(
          occurrences: occurrences, length: lists.lengths.total[Int(document)], averageLength: averageLength)
        let impact = Impact.shareClass(notBelow: share)
        cells[Int(document)] = impact << 4 | UInt8(min(occurrences, UInt32(DensePostings.manyOccurrences)))
        let group = Int(document) / DenseCells.groupSize
        greatest[group] = max(greatest[group], impact)
        documents.insert(document)
        if occurrences >= DensePostings.manyOccurrences {
          manyDocuments[group] |= 1 << UInt64(Int(document) % DenseCells.groupSize)
          manyOccurrences.append(occurrences)
        }
      }
      target = cursor.lastDocument + 1
    }
    manyBefore = DensePostings.countsBefore(manyDocuments)
    self.documents = documents
    self.cells = cells
    greatestClasses = greatest
    self.manyDocuments = manyDocuments
    self.manyOccurrences = manyOccurrences
  }

  /// How many bits are set before each word.
  private static func countsBefore(_ words: [UInt64]) -> [UInt32] {
    var count: UInt32 = 0
    return words.map { word in
      defer { count += UInt32(word.nonzeroBitCount) }
      return count
    }
  }

  /// The memory that a word takes, but for what its cells cannot say.
  static func byteCount(documentCount: Int) -> Int {
    documentCount + documentCount / 8 + 13 * documentCount / DenseCells.groupSize
  }

  /// How often a document has the word; 0 where it has not.
  ///
  /// Complexity: O(1).
  @inlinable
  package func occurrences(in document: UInt32) -> UInt32 {
    let told = cells[Int(document)] & 15
    return told < DensePostings.manyOccurrences ? UInt32(told) : manyOccurrences(in: document)
  }

  @inline(never)
  @usableFromInline
  func manyOccurrences(in document: UInt32) -> UInt32 {
    let group = Int(document) / DenseCells.groupSize
    let before = manyDocuments[group] & ((1 << UInt64(Int(document) % DenseCells.groupSize)) - 1)
    return manyOccurrences[Int(manyBefore[group]) + before.nonzeroBitCount]
  }
}
