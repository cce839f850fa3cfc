/// Where the parts of a ``CheckedFile`` lie, after header, footer and table of checksums were found right.
struct CheckedFileLayout {
  let formatVersion: UInt32
  let contentByteCount: Int
  let pageCount: Int
  let footerChecksum: UInt64

  /// A layout that was found otherwise than in the file's footer.
  init(formatVersion: UInt32, contentByteCount: Int, pageCount: Int, footerChecksum: UInt64) {
    self.formatVersion = formatVersion
    self.contentByteCount = contentByteCount
    self.pageCount = pageCount
    self.footerChecksum = footerChecksum
  }

  init(_ file: MappedFile, identity: FileIdentity) throws(StorageError) {
    func corrupt(_ offset: Int, _ reason: String) -> StorageError { .corrupt(file: file.name, offset: offset, reason: reason) }

    let least = CheckedFileFormat.fileByteCount(contentByteCount: 0)!
    guard file.byteCount >= least else { throw corrupt(file.byteCount, "the file is cut short") }
    formatVersion = try Self.checkHeader(file, identity)

    let footerOffset = file.byteCount - CheckedFileFormat.footerByteCount
    let footer = file.bytes.extracting(footerOffset...)
    var reader = ByteReader(footer, file: file.name, baseOffset: footerOffset)
    let storedContentByteCount = try reader.readUInt64()
    let storedPageCount = try reader.readUInt64()
    let tableChecksum = try reader.readUInt64()
    footerChecksum = try reader.readUInt64()
    guard try reader.readUInt64() == CheckedFileFormat.magic else {
      throw corrupt(footerOffset, "the footer is not there: the file is cut short or damaged")
    }
    guard Checksum.of(footer.extracting(first: CheckedFileFormat.checkedFooterByteCount)) == footerChecksum else {
      throw corrupt(footerOffset, "the footer does not match its checksum")
    }
    guard CheckedFileFormat.fileByteCount(contentByteCount: storedContentByteCount) == file.byteCount else {
      throw corrupt(footerOffset, "the file's length is not the one in its footer")
    }
    contentByteCount = Int(storedContentByteCount)
    let tableOffset = CheckedFileFormat.headerByteCount + contentByteCount
    pageCount = CheckedFileFormat.pageCount(checkedByteCount: tableOffset)
    guard storedPageCount == UInt64(pageCount) else {
      throw corrupt(footerOffset, "the number of pages is not the one in the footer")
    }
    guard Checksum.of(file.bytes.extracting(tableOffset..<footerOffset)) == tableChecksum else {
      throw corrupt(tableOffset, "the table of page checksums does not match its checksum")
    }
  }

  static func checkHeader(_ file: MappedFile, _ identity: FileIdentity) throws(StorageError) -> UInt32 {
    func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.name, offset: 0, reason: reason) }

    let header = file.bytes.extracting(first: CheckedFileFormat.headerByteCount)
    var reader = ByteReader(header, file: file.name)
    let magic = try reader.readUInt64()
    let kind = FileKind(code: try reader.readUInt32())
    let formatVersion = try reader.readUInt32()
    let indexID = try reader.readUInt128()
    let segmentID = try reader.readUInt64()
    let checksum = try reader.readUInt64()

    // The version stands in the highest byte; all others say whether it is a file of ours at all.
    guard magic << 8 == CheckedFileFormat.magic << 8 else { throw corrupt("this is not a file of an index") }
    // Before any version is believed, because a damaged version is damage and not news.
    guard Checksum.of(header.extracting(first: CheckedFileFormat.checkedHeaderByteCount)) == checksum else {
      throw corrupt("the header does not match its checksum")
    }
    let layoutVersion = UInt8(magic >> 56)
    guard layoutVersion <= CheckedFileFormat.layoutVersion else {
      throw .newerVersion(
        file: file.name, version: Int(layoutVersion), supported: Int(CheckedFileFormat.layoutVersion))
    }
    guard layoutVersion == CheckedFileFormat.layoutVersion else { throw corrupt("there is no layout version \(layoutVersion)") }
    guard kind == identity.kind else { throw corrupt("it is a file of kind \(kind), not \(identity.kind)") }
    guard formatVersion <= identity.formatVersion else {
      throw .newerVersion(file: file.name, version: Int(formatVersion), supported: Int(identity.formatVersion))
    }
    guard indexID == identity.indexID else { throw corrupt("it belongs to another index") }
    guard segmentID == identity.segmentID else {
      throw corrupt("it belongs to segment \(segmentID), not \(identity.segmentID)")
    }
    return formatVersion
  }
}
