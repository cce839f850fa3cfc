import BitKernels

// Positions      ::= blockPositions*                one for each block of postings, in the order of the lists
// blockPositions ::= remainders quotients           two streams of bits, the lowest bit of a byte first, each filled to whole bytes
// remainders     ::= for each document, for each position: the low bits of its gap
// quotients      ::= for each document with two or more positions, for each: the rest of its gap, as so many zero bits and a one
//
// The gaps of a document: its first position as it is, then the distance to the next less 1. How many low bits a gap has follows
// from the places of the document and the number of its positions (`riceWidth`), so both streams are found by arithmetic: a
// document's remainders begin after those before it, its quotients after as many ones. Nothing in a block refers to another, so
// merging may copy it.
//
// Positions count words: the fields of an article follow each other in one row, with one position left out between two fields,
// so that no phrase crosses a border. Field f starts at the sum of (length + 1) over the fields before it. The places of a
// document are its words and the positions left out.
//
// Example: one document of 20 words and one further field, with positions 4, 5 and 9 → 21 places, 2 low bits; gaps 4 0 3 →
// remainders 0 0 3, quotients 1 0 0 → 30 0E        — checked by WorkedExampleTests.postingsAndPositions

/// The layout of word positions.
enum PositionsFormat {
  /// No position is greater, so that sums of a few positions fit into 32 bits: a document has at most 2^25 words, in at most 8
  /// fields.
  static let maximumPosition: UInt32 = 1 << 25 + 8

  /// The most bytes that the quotients of so many positions take: together they are less than twice as many zeros, see
  /// ``riceWidth(space:count:)``.
  static func maximumQuotientByteCount(positionCount: Int) -> Int { (3 * positionCount + 7) / 8 }
}
