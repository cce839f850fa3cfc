// KeyTable ::= block* index trailer
// block    ::= entry × 1...16
// entry    ::= shared:varint suffixLength:varint suffix payload         shared: bytes taken over from the key before; 0 for the
//              first of a block
// index    ::= separatorEnd:u32 × blocks   blockOffset:u64 × blocks   separator × blocks
// trailer  ::= keyCount:u64 blockCount:u64 indexOffset:u64              the last 24 bytes of the content
//
// Keys ascend by their bytes. A block's separator is the shortest prefix of its first key that is greater than the key before
// it, so the index stays small; the first separator is empty. What a payload looks like belongs to the structure that uses the
// table.
//
// Example: keys "bank" and "banks", each with the one-byte payload 07 → 00 04 62 61 6E 6B 07 04 01 73 07        — checked by
// WorkedExampleTests.keyTable

/// The layout of a sorted, prefix-compressed table from keys to payloads.
enum KeyTableFormat {
  /// Keys in a block. Not measured yet: 16 against 32.
  static let blockSize = 16
  static let trailerByteCount = 24
  /// The longest key a table takes, in bytes. Words are cut at 255; ids may be longer.
  static let maximumKeyByteCount = 65_535
}
