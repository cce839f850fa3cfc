import BitKernels

// Positions      ::= blockPositions*                one for each block of postings, in the order of the lists
// blockPositions ::= chunk*                         chunks of 128 gaps and a last one of the rest
//
// The gaps of a block are those of its documents one after the other: the first position of a document as it is, then the
// distance to the next less 1. Nothing in a block refers to another, so merging may copy it, and a document's positions are
// found by adding up the occurrences before it in its block.
//
// Positions count words: the fields of an article follow each other in one row, with one position left out between two fields,
// so that no phrase crosses a border. Field f starts at the sum of (length + 1) over the fields before it.
//
// Example: one document with positions 4, 5 and 9 → gaps 4 0 3 → one chunk of width 3 → 03 C4 00        — checked by
// WorkedExampleTests.postingsAndPositions

/// The layout of word positions.
enum PositionsFormat {
  /// No position is greater, so that sums of a few positions fit into 32 bits: a document has at most 2^25 words, in at most 8
  /// fields.
  static let maximumPosition: UInt32 = 1 << 25 + 8
}
