// Columns   ::= values* keywords* directory trailer
// values    ::= (value - base) × documentCount               little-endian at the column's width of 0, 1, 2, 4 or 8 bytes
// keywords  ::= valueEnd:u32 × valueCount  value × valueCount     the compared forms of one keyword field, ascending by their
//               bytes
// directory ::= documentCount:varint columnCount:varint (column:u8 width:u8 base:u64 offset:varint)*  keywordFieldCount:varint
//               (valueCount:varint offset:varint byteCount:varint)*
// trailer   ::= directoryOffset:u64                          the last 8 bytes of the content
//
// Whole bytes rather than bits, because filters and scores read columns at random. Signed values are stored with their sign bit
// flipped, so that order is kept.
//
// Example: two documents of 7 and 300 words, nothing else → 00 00 25 01  02 01 00 02 07 00 00 00 00 00 00 00 00 00  04 00 00 00 00 00 00 00
//          the values less 7 in two bytes each; two documents, one column, number 0, width 2, base 7, at 0, no keyword field; the
//          directory is at 4      — checked by WorkedExampleTests.columns

/// A column: one number for each document.
enum Column: UInt8, CaseIterable {
  // ON DISK. Do not renumber.
  /// Words in all text fields together.
  case length = 0
  /// Words in the first further field; that of the next further field is one more, and so on up to seven.
  case firstFurtherLength = 1
  /// The first day the date covers, in days since 1970-01-01; that of the oldest dated document for an undated one.
  case day = 8
  /// The second of the day.
  case second = 9
  /// How finely the date is known, as the date's own precision numbers say; ``undated`` for none.
  case datePrecision = 10
  /// The document's place in the stores.
  case storeOrdinal = 11
  /// The document's place among the ids, in the order of their bytes.
  case identityRank = 12
  /// A hash of the article's content.
  case contentHash = 13
  /// The ordinal of the first keyword field's value, plus 1; 0 for none; that of the next field is one more, and so on.
  case firstKeyword = 16

  static let undated: UInt64 = 255
  static let maximumFurtherFields = 7
  static let maximumKeywordFields = 16
}
