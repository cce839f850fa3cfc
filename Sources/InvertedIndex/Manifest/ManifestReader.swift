import IndexStorage

/// Reads manifests.
package enum ManifestReader {
  /// The current manifest of an index folder.
  ///
  /// Errors: `.missing` where there is no index, `.corrupt`, `.newerVersion` and `.olderVersion`.
  package static func read(from directory: any Directory) throws(StorageError) -> Manifest {
    let file = try directory.open(ManifestFormat.fileName)
    return try parse([UInt8](copying: file.bytes))
  }

  static func parse(_ bytes: [UInt8]) throws(StorageError) -> Manifest {
    let name = ManifestFormat.fileName
    let contentCount = bytes.count - ManifestFormat.checksumByteCount
    guard contentCount > ManifestFormat.magic.count, bytes.starts(with: ManifestFormat.magic) else {
      throw .corrupt(file: name, offset: 0, reason: "it does not start as a manifest does")
    }
    let content = bytes.span.extracting(0..<contentCount)
    guard bytes.span.littleEndianUInt64(at: contentCount) == Checksum.of(content) else {
      throw .corrupt(file: name, offset: contentCount, reason: "its checksum does not agree with its bytes")
    }
    var reader = ByteReader(content, file: name)
    try reader.skip(ManifestFormat.magic.count)
    let version = try reader.readUInt32()
    guard version <= ManifestFormat.version else {
      throw .newerVersion(file: name, version: Int(version), supported: Int(ManifestFormat.version))
    }
    // Until version 1.0 only the current format is read: an index can always be built again.
    guard version == ManifestFormat.version else {
      throw .olderVersion(file: name, version: Int(version), supported: Int(ManifestFormat.version))
    }
    let indexID = try reader.readUInt128()
    let generation = try reader.readUInt64()
    let nextSegmentID = try reader.readUInt64()
    var manifest = Manifest(indexID: indexID, schema: try schema(&reader))
    manifest.generation = generation
    manifest.nextSegmentID = nextSegmentID
    for _ in 0..<(try reader.readCount(elementByteCount: 11)) {
      manifest.segments.append(try segment(&reader, schema: manifest.schema))
    }
    try reader.finish()
    // Numbers that later ones are made from by adding, and that name files.
    let ids = manifest.segments.map(\.id)
    let deletions = manifest.segments.compactMap { $0.deletions.flatMap { SegmentFile.number(ofName: $0.file.name) } }
    guard deletions.allSatisfy({ $0 < nextSegmentID }), generation < 1 << 62, nextSegmentID < 1 << 62,
      Set(ids).count == ids.count, ids.allSatisfy({ $0 < nextSegmentID })
    else { throw reader.corrupt("segments are numbered past the next one, or twice") }
    return manifest
  }

  private static func schema(_ reader: inout ByteReader) throws(StorageError) -> IndexSchema {
    let analyzer = try reader.readString()
    let options = try reader.readUInt8()
    guard options <= ManifestFormat.storesText | ManifestFormat.indexesPairs else {
      throw reader.corrupt("an index of unknown options")
    }
    let textFields = try names(&reader)
    let keywordFields = try names(&reader)
    guard (1...Column.maximumFurtherFields + 1).contains(textFields.count), keywordFields.count <= Column.maximumKeywordFields
    else { throw reader.corrupt("an index of \(textFields.count) text fields and \(keywordFields.count) keyword fields") }
    return IndexSchema(
      textFields: textFields, keywordFields: keywordFields, analyzer: analyzer,
      storesText: options & ManifestFormat.storesText != 0, indexesPairs: options & ManifestFormat.indexesPairs != 0)
  }

  private static func names(_ reader: inout ByteReader) throws(StorageError) -> [String] {
    var names: [String] = []
    for _ in 0..<(try reader.readCount()) { names.append(try reader.readString()) }
    return names
  }

  private static func segment(_ reader: inout ByteReader, schema: IndexSchema) throws(StorageError) -> SegmentInfo {
    let id = try reader.readUInt64()
    let documentCount = try reader.readOffset()
    guard documentCount < 1 << 31 else { throw reader.corrupt("a segment of \(documentCount) documents") }
    var wordCounts: [UInt64] = []
    for _ in schema.textFields { wordCounts.append(try reader.readVarint()) }
    var days: ClosedRange<Int32>?
    if try reader.readUInt8() != 0 {
      let first = Int32(bitPattern: try reader.readUInt32())
      let last = Int32(bitPattern: try reader.readUInt32())
      guard first <= last else { throw reader.corrupt("the last day of a segment is before its first") }
      days = first...last
    }
    var files: [FileSummary] = []
    for _ in 0..<(try reader.readCount(elementByteCount: 10)) { files.append(try file(&reader)) }
    guard files.count == SegmentFile.allCases.count - (schema.storesText ? 0 : 1),
      zip(files, SegmentFile.allCases).allSatisfy({ $0.name == $1.name(ofSegment: id) })
    else { throw reader.corrupt("segment \(id) does not have the files it should") }
    var info = SegmentInfo(id: id, documentCount: documentCount, wordCounts: wordCounts, days: days, files: files)
    let deletedCount = try reader.readOffset()
    if deletedCount > 0 {
      let file = try file(&reader)
      guard deletedCount < documentCount, let number = SegmentFile.number(ofName: file.name),
        DeletionsFormat.name(ofNumber: number) == file.name
      else { throw reader.corrupt("the deletions of segment \(id) are impossible") }
      info.deletions = SegmentInfo.Deletions(file: file, count: deletedCount)
    }
    return info
  }

  private static func file(_ reader: inout ByteReader) throws(StorageError) -> FileSummary {
    let name = try reader.readString()
    let byteCount = try reader.readOffset()
    return FileSummary(name: name, byteCount: byteCount, checksum: try reader.readUInt64())
  }
}
