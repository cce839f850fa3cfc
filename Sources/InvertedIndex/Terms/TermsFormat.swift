import IndexStorage

// Terms   ::= KeyTable whose keys are terms in UTF-8 and whose payloads are
// payload ::= documentCount:varint single        where documentCount is 1
//           | documentCount:varint list          where it is 2 or more
// single  ::= document:varint occurrences:varint (position:varint | positions:varint)      the one position itself, or where
//             several lie
// list    ::= furtherOccurrences:varint postings:varint positions:varint                   occurrences - documents; places in
//             the two files
//
// Places are differences from the last entry before, in the same block of keys, that states such a place; the first of a block
// counts from 0. A term that occurs once costs no byte outside this table.
//
// Example: a term in documents 7 and 9, three occurrences in all, postings at 130, positions at 40, first in its block → 02 01
// 82 01 28
//          — checked by WorkedExampleTests.terms

/// What the dictionary knows about a term.
package struct TermEntry: Hashable, Sendable {
  /// The number of documents that contain the term.
  package internal(set) var documentCount: Int
  /// The number of its occurrences in all of them.
  package internal(set) var occurrenceCount: Int
  /// The document of a term that has only one.
  var document: UInt32 = 0
  /// The position of a term that occurs only once.
  var position: UInt32 = 0
  /// Where its posting list is, in the content of the postings file.
  var postingsOffset = 0
  /// Whether there is a posting list even of one document.
  var hasList = false
  /// Where its positions start, in the content of the positions file.
  var positionsOffset = 0

  /// Whether postings and positions stand in the entry itself.
  var isInline: Bool { standsInDictionary && occurrenceCount == 1 }
  /// Whether the only document stands in the entry itself.
  var standsInDictionary: Bool { documentCount == 1 && !hasList }
}

extension TermEntry: KeyPayload {
  /// Appends the entry; `previous` is the one before it in the same block.
  func write(to writer: inout ByteWriter, previous: TermEntry?) {
    writer.appendVarint(UInt64(documentCount))
    if documentCount == 1 {
      writer.appendVarint(UInt64(document))
      writer.appendVarint(UInt64(occurrenceCount))
      writer.appendVarint(UInt64(occurrenceCount == 1 ? Int(position) : positionsOffset - (previous?.positionsOffset ?? 0)))
    } else {
      writer.appendVarint(UInt64(occurrenceCount - documentCount))
      writer.appendVarint(UInt64(postingsOffset - (previous?.postingsOffset ?? 0)))
      writer.appendVarint(UInt64(positionsOffset - (previous?.positionsOffset ?? 0)))
    }
  }

  static func read(_ reader: inout ByteReader, previous: TermEntry?) throws(StorageError) -> TermEntry {
    var entry = TermEntry(documentCount: Int(try reader.readVarint32()), occurrenceCount: 1)
    entry.postingsOffset = previous?.postingsOffset ?? 0
    entry.positionsOffset = previous?.positionsOffset ?? 0
    switch entry.documentCount {
    case 0: throw reader.corrupt("a term without documents")
    case 1:
      entry.document = try reader.readVarint32()
      entry.occurrenceCount = Int(try reader.readVarint32())
      guard entry.occurrenceCount >= 1 else { throw reader.corrupt("a term without occurrences") }
      if entry.occurrenceCount == 1 {
        entry.position = try reader.readVarint32()
        guard entry.position <= PositionsFormat.maximumPosition else {
          throw reader.corrupt("a word position is past any document")
        }
      } else {
        entry.positionsOffset += try reader.readOffset()
      }
    default:
      entry.occurrenceCount = try reader.readOffset() + entry.documentCount
      entry.postingsOffset += try reader.readOffset()
      entry.positionsOffset += try reader.readOffset()
    }
    return entry
  }
}
