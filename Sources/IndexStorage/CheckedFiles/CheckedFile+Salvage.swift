extension CheckedFile {
  /// Opens a file that may be damaged anywhere, to read those of its pages that are whole.
  ///
  /// Header, footer and table of checksums need not be right: the manifest knows the file's length, from which it follows where they
  /// lie. A page is given out where it agrees with its entry in the table, which no accident brings about. That it is the right file
  /// is known where its footer is the one that the manifest names, or else where its header is whole and says so.
  ///
  /// Errors: `.missing`; `.corrupt` for a file of another length or another origin; `.newerVersion`.
  package convenience init(
    salvaging name: String, in directory: any Directory, identity: FileIdentity, expected: FileSummary
  ) throws(StorageError) {
    let file = try directory.open(name)
    guard file.byteCount == expected.byteCount, let layout = CheckedFileLayout(salvaging: file, identity, expected) else {
      throw .corrupt(
        file: name, offset: nil, reason: "it has \(file.byteCount) bytes; the manifest names \(expected.byteCount)")
    }
    self.init(file, name: name, layout)
    if !CheckedFileLayout.hasFooter(file, expected) {
      // The first page holds the header.
      _ = try bytes(0..<min(1, contentByteCount))
      _ = try CheckedFileLayout.checkHeader(file, identity)
    }
  }
}

extension CheckedFileLayout {
  /// Where the parts of a file of the expected length lie; nil where no file has that length.
  init?(salvaging file: MappedFile, _ identity: FileIdentity, _ expected: FileSummary) {
    let checkedAndTable = file.byteCount - CheckedFileFormat.footerByteCount
    let pageCount = (checkedAndTable + CheckedFileFormat.pageByteCount + 7) / (CheckedFileFormat.pageByteCount + 8)
    let contentByteCount = checkedAndTable - 8 * pageCount - CheckedFileFormat.headerByteCount
    guard contentByteCount >= 0,
      CheckedFileFormat.fileByteCount(contentByteCount: UInt64(contentByteCount)) == file.byteCount
    else { return nil }
    self.init(
      formatVersion: identity.formatVersion, contentByteCount: contentByteCount, pageCount: pageCount,
      footerChecksum: expected.checksum)
  }

  /// Whether a file of the expected length ends with the footer that the manifest names.
  static func hasFooter(_ file: MappedFile, _ expected: FileSummary) -> Bool {
    let footer = file.bytes.extracting((file.byteCount - CheckedFileFormat.footerByteCount)...)
    return Checksum.of(footer.extracting(first: CheckedFileFormat.checkedFooterByteCount)) == expected.checksum
  }
}
