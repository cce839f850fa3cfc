// Layout      ::= block* index trailer
// block       ::= recordByteCount:varint × up to 64  record × up to 64            one record for each document, in document order
// index       ::= offset:u64 × blockCount
// trailer     ::= documentCount:u64 indexOffset:u64                               the last 16 bytes of the content
// record      ::= borderCount:varint border* capital*
// border      ::= (gap · 2 + startsParagraph):varint                              a sentence starts here; gaps in words from
//                 the border before; the first from position 0
// capital     ::= (gap · 4 + letterCase):varint                                   a word that is not plain lower case; gap from
//                 the word after the one before
//
// Word positions are those of the postings. The first word of a field always starts a sentence and a paragraph, so it is no
// border. letterCase: 1 first letter upper, 2 all upper, 3 any other mixture.
//
// Example: a body "The fox. It ran." at positions 1...4, empty title → one border, at 3; capitals at 1 and 3 → 01 06 05 05
//          — checked by WorkedExampleTests.layout

/// The layout of sentence and paragraph borders and of letter case.
enum LayoutFormat {
  static let blockSize = 64
  static let trailerByteCount = 16
}
