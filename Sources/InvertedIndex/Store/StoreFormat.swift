// Store   ::= block* index trailer
// block   ::= a Zstandard frame of: recordEnd:u32 × recordCount  record × recordCount
// index   ::= (firstRecord:u32 recordCount:u32 plainByteCount:u32 byteCount:u32 offset:u64) × blockCount
// trailer ::= recordCount:u64 blockCount:u64 indexOffset:u64            the last 24 bytes of the content
//
// Records lie in the order in which the articles came, not in document order, so blocks are written while the articles come in
// and merging copies them whole. Two stores per segment: what a list of hits shows (title, keywords, address, origin), in small
// blocks, apart from the texts, in larger ones.
//
// Example: the records "ab" and "c" → a frame that unpacks to 02 00 00 00 03 00 00 00 61 62 63, and behind it the index entry
//          00 00 00 00  02 00 00 00  0B 00 00 00  (bytes of the frame):u32  00 × 8      — checked by WorkedExampleTests.store

/// The layout of stored records.
enum StoreFormat {
  static let indexEntryByteCount = 24
  static let trailerByteCount = 24
  /// The plain bytes after which a block of summaries ends. Small, because ten hits unpack ten blocks.
  static let summaryBlockByteCount = 4 << 10
  /// The plain bytes after which a block of texts ends. Texts take 0.32 of their size so (Records/2026-11-24); other block sizes
  /// are not measured yet.
  static let textBlockByteCount = 64 << 10
  /// The most plain bytes a block may claim, so that a damaged index cannot ask for unbounded memory: a text of 16 MiB, with
  /// room for its neighbours.
  static let maximumBlockByteCount = 64 << 20
  static let compressionLevel: Int32 = 3
}
