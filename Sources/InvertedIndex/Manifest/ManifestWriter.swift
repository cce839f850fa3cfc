import IndexStorage

/// Writes manifests.
enum ManifestWriter {
  /// The manifest's bytes.
  static func bytes(of manifest: Manifest) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: ManifestFormat.magic)
    writer.append(ManifestFormat.version)
    writer.append(manifest.indexID)
    writer.append(manifest.generation)
    writer.append(manifest.nextSegmentID)
    writer.append(lengthPrefixed: manifest.schema.analyzer)
    writer.append(
      (manifest.schema.storesText ? ManifestFormat.storesText : 0)
        | (manifest.schema.indexesPairs ? ManifestFormat.indexesPairs : 0))
    for names in [manifest.schema.textFields, manifest.schema.keywordFields] {
      writer.appendVarint(names.count)
      for name in names { writer.append(lengthPrefixed: name) }
    }
    writer.appendVarint(manifest.segments.count)
    for segment in manifest.segments { append(segment, to: &writer) }
    writer.append(Checksum.of(writer.bytes.span))
    return writer.bytes
  }

  private static func append(_ segment: SegmentInfo, to writer: inout ByteWriter) {
    writer.append(segment.id)
    writer.appendVarint(segment.documentCount)
    for count in segment.wordCounts { writer.appendVarint(count) }
    writer.append(UInt8(segment.days == nil ? 0 : 1))
    if let days = segment.days {
      writer.append(UInt32(bitPattern: days.lowerBound))
      writer.append(UInt32(bitPattern: days.upperBound))
    }
    writer.appendVarint(segment.files.count)
    for file in segment.files { append(file, to: &writer) }
    writer.appendVarint(segment.deletions?.count ?? 0)
    if let deletions = segment.deletions { append(deletions.file, to: &writer) }
  }

  private static func append(_ file: FileSummary, to writer: inout ByteWriter) {
    writer.append(lengthPrefixed: file.name)
    writer.appendVarint(file.byteCount)
    writer.append(file.checksum)
  }

  /// Makes a manifest the current one: the commit. See ``AtomicFile`` for what an error means.
  static func commit(_ manifest: Manifest, in directory: any Directory) throws(StorageError) {
    try AtomicFile.replace(ManifestFormat.fileName, with: bytes(of: manifest), in: directory)
  }
}
