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
  package internal(set) var documentCount = 0
  /// The number of its occurrences in all of them.
  package internal(set) var occurrenceCount = 0
  /// The document of a term that has only one; of others it says nothing.
  var document: UInt32 = 0
  /// The position of a term that occurs only once; of others it says nothing.
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

  @_lifetime(reader: copy reader)
  mutating func readNext(_ reader: inout ByteReader) throws(StorageError) {
    documentCount = Int(try reader.readVarint32())
    guard documentCount < 2 else {
      occurrenceCount = try reader.readOffset() + documentCount
      postingsOffset += try reader.readOffset()
      positionsOffset += try reader.readOffset()
      return
    }
    guard documentCount == 1 else { throw reader.corrupt("a term without documents") }
    document = try reader.readVarint32()
    occurrenceCount = Int(try reader.readVarint32())
    guard occurrenceCount >= 1 else { throw reader.corrupt("a term without occurrences") }
    if occurrenceCount == 1 {
      position = try reader.readVarint32()
      guard position <= PositionsFormat.maximumPosition else { throw reader.corrupt("a word position is past any document") }
    } else {
      positionsOffset += try reader.readOffset()
    }
  }
}
