/// The layout of every index file: the only place that names its offsets.
///
///     CheckedFile    ::= header content checksumTable footer
///     header         ::= magic:u64 kind:u32 formatVersion:u32 indexID:u128 segmentID:u64 checksum(header before this):u64
///     content        ::= byte*
///     checksumTable  ::= checksum(page):u64*          — pages of 32 KiB over header and content, the last one may be shorter
///     footer         ::= contentByteCount:u64 pageCount:u64 checksum(checksumTable):u64 checksum(footer before this):u64
///     magic:u64
///
/// All numbers are little-endian. There is no padding, so every byte is covered: header and content by the pages (the header by
/// its own checksum too, so that a file can be recognised without reading a page), the table by the footer, the footer by
/// itself, and the last magic by comparison.
///
/// The place of the magic, of the format version and of the header's checksum stays the same in every later version: that is
/// how an older program knows that it meets a newer file.
///
/// Example: kind "TEST", format version 1, index 1, segment 2, content "Lede" — checked by
/// `CheckedFileFormatTests.workedExample`:
///
///     header    4C45444546494C01 54455354 01000000 01000000000000000000000000000000 0200000000000000 953B80940D72D2D4
///     content   4C656465
///     table     140C7C7209B43EDF
///     footer    0400000000000000 0100000000000000 49F161F719C8E57B 96C92933573E42BD 4C45444546494C01
package enum CheckedFileFormat {
  // ON DISK. Do not change: written by every version since 1.
  /// "LEDEFIL" and the version of this layout.
  static let magic: UInt64 = 0x4C_4946_4544_454C | UInt64(layoutVersion) << 56
  /// The version of this layout, apart from that of the structures inside.
  static let layoutVersion: UInt8 = 1
  /// The bytes of the header.
  static let headerByteCount = 48
  /// The bytes of the header that its checksum covers.
  static let checkedHeaderByteCount = 40
  /// The bytes of the footer.
  static let footerByteCount = 40
  /// The bytes of the footer that its checksum covers.
  static let checkedFooterByteCount = 24
  /// The bytes of a page, as a power of two: 32 KiB.
  // Not measured yet: 16 and 64 KiB. A page is the least that is read and hashed to use one byte of it.
  static let pageShift = 15
  /// The bytes of a page.
  package static let pageByteCount = 1 << pageShift

  /// The file's length, or nil where it is beyond any file.
  static func fileByteCount(contentByteCount: UInt64) -> Int? {
    guard contentByteCount < 1 << 60 else { return nil }
    let checked = headerByteCount + Int(contentByteCount)
    return checked + pageCount(checkedByteCount: checked) * 8 + footerByteCount
  }

  /// How many pages cover header and content of this length together.
  static func pageCount(checkedByteCount: Int) -> Int {
    (checkedByteCount + pageByteCount - 1) >> pageShift
  }

  /// The bytes of a header.
  static func header(_ identity: FileIdentity) -> [UInt8] {
    var writer = ByteWriter(capacity: headerByteCount)
    writer.append(magic)
    writer.append(identity.kind.code)
    writer.append(identity.formatVersion)
    writer.append(identity.indexID)
    writer.append(identity.segmentID)
    writer.append(Checksum.of(writer.bytes.span))
    return writer.bytes
  }

  /// The bytes of a footer.
  static func footer(contentByteCount: Int, pageCount: Int, tableChecksum: UInt64) -> (bytes: [UInt8], checksum: UInt64) {
    var writer = ByteWriter(capacity: footerByteCount)
    writer.append(UInt64(contentByteCount))
    writer.append(UInt64(pageCount))
    writer.append(tableChecksum)
    let checksum = Checksum.of(writer.bytes.span)
    writer.append(checksum)
    writer.append(magic)
    return (writer.bytes, checksum)
  }
}
