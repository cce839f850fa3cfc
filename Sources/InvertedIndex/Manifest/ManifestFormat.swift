// Manifest ::= magic:8 version:u32 indexID:u128 generation:u64 nextSegmentID:u64 schema segmentCount:varint segment* checksum:u64
// schema   ::= analyzer:string options:u8 textFieldCount:varint string* keywordFieldCount:varint string*
// options  ::= bit 0: texts are stored; bit 1: pairs of frequent words are indexed
// segment  ::= id:u64 documentCount:varint wordCount:varint × text fields hasDays:u8 (firstDay:u32 lastDay:u32)?
//              fileCount:varint file* deletedCount:varint file?
//              the last file is there where documents are deleted, and holds which
// file     ::= name:string byteCount:varint checksum:u64           checksum: that of the file's footer, which covers the rest
//              of it
// string   ::= byteCount:varint UTF-8
//
// The last 8 bytes are the XXH3-64 of all bytes before them, in every version there will be, so that damage is told from a
// newer version. The manifest is the only file that is ever replaced; replacing it is the commit.

/// The layout of the file that says what an index consists of.
package enum ManifestFormat {
  /// The manifest's name in the index folder.
  package static let fileName = "MANIFEST"
  /// The name of the file that a writer locks; it stays empty and is never removed.
  package static let lockName = "LOCK"
  static let magic = Array("LEDEINDX".utf8)
  static let version: UInt32 = 3
  static let checksumByteCount = 8
  static let storesText: UInt8 = 1
  static let indexesPairs: UInt8 = 2
}
