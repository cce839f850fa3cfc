import BitKernels

// Postings   ::= list*
// list       ::= block                       up to 128 documents; the dictionary points at the block
//              | group+ groupIndex           more; the dictionary points at the group index
// groupIndex ::= groupCount:u32 leastShare:u16 × 3 (lastDocument:u32 groupDistance:u32 positionsOffset:u32) × groupCount
//                leastShare is what the tenth, hundredth and thousandth best document has at least, 0 where there are fewer
//                groupDistance counts back from the group index to the start of the group, positionsOffset counts from the
//                list's first position
// group      ::= blockCount:u8 lastDocuments:chunk byteCounts:chunk positionByteCounts:chunk missing:chunk
//                impact:u8 × blockCount boundsByteCount:varint bounds block+
//                lastDocuments are gaps less 1; missing is 128 - documents of each block, so short blocks may stand anywhere in
//                a list; an impact is the least that no document of the block exceeds (Impact)
// bounds     ::= bound(block)+ bound(group)
// bound      ::= pairCount:u8 (occurrencesGap:varint lengthGap:varint)+ maximumFieldCount:varint × further fields
// block      ::= head:u8 documents occurrences? fieldCounts?
// head       ::= bit 0: occurrences follow, else each is 1; bit 1: field counts follow, else each is 0; bit 2: documents are a
//                bitmap
// documents  ::= gaps:chunk                  to the document before, less 1; the first counts from the last document of the
//                block before, or from -1
//              | bitmap                      bit i is document base + 1 + i, up to the block's last document; at most 256
//              bytes, and only inside groups, where that document is known
// occurrences::= chunk                       of the occurrences, less 1
// fieldCounts::= chunk × further fields      of the occurrences in that field
//
// A word has one list for the whole article. Its fields in order are the further fields and, last, the main one; occurrences
// count all of them, so `title:x` reads one extra lane and nothing else does.
//
// A bound holds for any k1, b, average length and non-negative weights: its pairs (occurrences, length) dominate every document
// of the block (as many occurrences in no more words), and no document has more occurrences in a further field than the maximum
// stated. Source: Mallia et al. 2017 ("Faster BlockMax WAND with Variable-sized Blocks"); Lucene's "impacts".
//
// Example: documents 7 (once) and 11 (three times), one further field, no occurrence in it → 01 03 1F 02 08
//          head; gaps 7 and 3 at width 3; occurrences less 1, 0 and 2, at width 2      — checked by
//          WorkedExampleTests.postingsAndPositions

/// The layout of posting lists.
enum PostingsFormat {
  static let hasOccurrences: UInt8 = 1
  static let hasFieldCounts: UInt8 = 2
  static let isBitmap: UInt8 = 4

  /// Blocks in a group. 32, so that a group's directory is one short unpack and covers 4,096 documents.
  static let groupSize = 32
  static let groupEntryByteCount = 12
  /// The bytes before the entries of a group index.
  static let groupIndexHeadByteCount = 10
  /// A bitmap is never longer.
  static let maximumBitmapByteCount = 256
  /// A bitmap may be so many times as long as packed gaps, for it is counted and looked up without being decoded.
  static let bitmapAllowance = 2
  /// The pairs of a bound at most; more are joined into looser ones. They serve parameters that impacts do not stand for.
  static let maximumPairs = 3
}
