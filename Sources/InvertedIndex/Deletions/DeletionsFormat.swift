import IndexStorage

// Deletions ::= documentCount:u32 deletedCount:u32 word:u64 × ⌈documentCount / 64⌉
//               bit i, from the lowest of the first word on, is set where document i is deleted; none past the last document
//
// One file holds all deletions of one segment as of a commit; a later commit writes another, so that snapshots keep theirs. Its
// number is drawn from the same row as segment ids, and its header names the segment it belongs to.
//
// Example: documents 1 and 3 of 5 are deleted → 05 00 00 00 02 00 00 00 0A 00 00 00 00 00 00 00    — checked by
// WorkedExampleTests.deletions

/// The layout of the file of a segment's deletions.
enum DeletionsFormat {
  static let fileExtension = "deletions"

  /// The file's name in the index folder.
  static func name(ofNumber number: UInt64) -> String { SegmentFile.name(ofNumber: number, fileExtension) }

  static func identity(indexID: UInt128, segmentID: UInt64) -> FileIdentity {
    FileIdentity(kind: "DELE", formatVersion: SegmentFile.formatVersion, indexID: indexID, segmentID: segmentID)
  }

  /// Writes the deletions of a segment under a number that was never used.
  static func write(
    _ deleted: DeletedDocuments, ofSegment segmentID: UInt64, number: UInt64, indexID: UInt128, to directory: any Directory
  ) throws(StorageError) -> FileSummary {
    let file = try CheckedFileWriter(
      directory: directory, name: name(ofNumber: number), identity: identity(indexID: indexID, segmentID: segmentID))
    var writer = ByteWriter()
    writer.append(UInt32(deleted.documentCount))
    writer.append(UInt32(deleted.count))
    for word in deleted.bits { writer.append(word) }
    try file.append(writer.bytes)
    return try file.finish()
  }

  /// Reads the deletions of a segment of so many documents.
  static func read(
    _ expected: FileSummary, ofSegment segmentID: UInt64, documentCount: Int, indexID: UInt128, from directory: any Directory
  ) throws(StorageError) -> DeletedDocuments {
    let file = try CheckedFile(
      directory: directory, name: expected.name, identity: identity(indexID: indexID, segmentID: segmentID), expected: expected)
    var reader = try file.reader(0..<file.contentByteCount)
    guard Int(try reader.readUInt32()) == documentCount else {
      throw reader.corrupt("the deletions are those of a segment of another size")
    }
    let count = Int(try reader.readUInt32())
    var bits: [UInt64] = []
    for _ in 0..<(documentCount + 63) / 64 { bits.append(try reader.readUInt64()) }
    try reader.finish()
    let deleted = DeletedDocuments(documentCount: documentCount, bits: bits)
    let past = documentCount & 63 == 0 ? 0 : (bits.last ?? 0) >> UInt64(documentCount & 63)
    guard deleted.count == count, past == 0 else { throw reader.corrupt("the deletions are not as many as they say") }
    return deleted
  }
}
