/// A file in ``CheckedFileFormat``, whose bytes are given out only after their checksum was found right.
///
/// Opening checks the header, the footer and the table of checksums; a page of 32 KiB is checked when one of its bytes is asked
/// for first.
///
///     let file = try CheckedFile(directory: directory, name: "7.postings", identity: identity, expected: summary)
///     let block = try file.bytes(4_096..<4_352)
///
/// A page is trusted from then on: what another program writes into the mapped file later is not noticed.
///
/// Invariant: a bit of `verified` is set only after the checksum of that page was found right in these very bytes.
/// Concurrency: any number of threads; see ``VerifiedPages``.
package final class CheckedFile: Sendable {
  /// The file's name, for messages.
  package let name: String
  /// The version of the structure's format in this file: the one asked for, or an older one.
  package let formatVersion: UInt32
  /// How many bytes of content there are.
  package let contentByteCount: Int
  /// What a manifest remembers of this file.
  package let summary: FileSummary

  private let file: MappedFile
  private let pageCount: Int
  private let verified: VerifiedPages

  /// Opens a file and recognises it.
  ///
  /// - Parameters:
  ///   - identity: what the file must be; its format version is the newest that the caller can read.
  ///   - expected: what the manifest remembers of it; nil for a file that no manifest names.
  /// - Throws: `.missing`; `.newerVersion`; `.corrupt` where anything about it is wrong, whose offset counts from the file's
  ///   start.
  package convenience init(
    directory: any Directory, name: String, identity: FileIdentity, expected: FileSummary? = nil
  ) throws(StorageError) {
    let file = try directory.open(name)
    self.init(file, name: name, try CheckedFileLayout(file, identity: identity))
    if let expected {
      guard summary.byteCount == expected.byteCount else {
        throw .corrupt(
          file: name, offset: nil, reason: "it has \(summary.byteCount) bytes; the manifest names \(expected.byteCount)")
      }
      guard summary.checksum == expected.checksum else {
        throw .corrupt(file: name, offset: nil, reason: "it is not the file that the manifest names")
      }
    }
  }

  /// A file whose parts lie as `layout` says.
  init(_ file: MappedFile, name: String, _ layout: CheckedFileLayout) {
    self.name = name
    self.file = file
    formatVersion = layout.formatVersion
    contentByteCount = layout.contentByteCount
    pageCount = layout.pageCount
    verified = VerifiedPages(pageCount: layout.pageCount)
    summary = FileSummary(name: name, byteCount: file.byteCount, checksum: layout.footerChecksum)
  }

  /// The content at a range of offsets, once its pages are known to be whole.
  ///
  /// Throws `.corrupt`, and never traps, where the range lies outside the content, so offsets read from a file may be passed
  /// unchecked. O(1) when the pages were verified before; otherwise each new page costs a hash of 32 KiB.
  @_lifetime(borrow self)
  package func bytes(_ range: Range<Int>) throws(StorageError) -> Span<UInt8> {
    guard range.lowerBound >= 0, range.upperBound <= contentByteCount else { throw outside(range) }
    // Inside the file, because header and content are, and neither sum can overflow.
    let start = range.lowerBound &+ CheckedFileFormat.headerByteCount
    let end = range.upperBound &+ CheckedFileFormat.headerByteCount
    let first = start >> CheckedFileFormat.pageShift
    let last = (end &- 1) >> CheckedFileFormat.pageShift
    // No byte lies in no page, and at the very end there is none to ask about.
    if start < end, !verified.contains(first, through: last) { try verify(first...last) }
    let file = file
    let span = file.bytes.extracting(start..<end)
    // The bytes live as long as `file`, which lives as long as this value.
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  /// All content, once every page is known to be whole.
  @_lifetime(borrow self)
  package func allBytes() throws(StorageError) -> Span<UInt8> {
    try bytes(0..<contentByteCount)
  }

  /// A reader of the content at a range of offsets; its messages count from the start of the file.
  @_lifetime(borrow self)
  package func reader(_ range: Range<Int>) throws(StorageError) -> ByteReader {
    ByteReader(try bytes(range), file: name, baseOffset: range.lowerBound &+ CheckedFileFormat.headerByteCount)
  }

  /// An error about a content offset, in the way of all errors about this file.
  package func corrupt(at contentOffset: Int, _ reason: String) -> StorageError {
    .corrupt(file: name, offset: contentOffset &+ CheckedFileFormat.headerByteCount, reason: reason)
  }

  /// Reads every page again, whether verified before or not, and returns an error for each damaged one; none when the file is
  /// whole.
  package func damagedPages() -> [StorageError] {
    file.advise(.sequential, 0..<file.byteCount)
    defer { file.advise(.normal, 0..<file.byteCount) }
    return (0..<pageCount).compactMap { page in
      isWhole(page) ? nil : damaged(page)
    }
  }

  /// Verifies every page, so that later reads cost nothing more.
  ///
  /// - Throws: the error of the first damaged page.
  package func verifyAllPages() throws(StorageError) {
    if let first = damagedPages().first { throw first }
    for page in 0..<pageCount { verified.insert(page) }
  }

  /// Tells the operating system how part of the content will be read.
  package func advise(_ access: MappedFile.Access, _ range: Range<Int>) {
    let range = range.clamped(to: 0..<contentByteCount)
    file.advise(
      access, range.lowerBound + CheckedFileFormat.headerByteCount..<range.upperBound + CheckedFileFormat.headerByteCount)
  }

  @inline(never)
  private func verify(_ pages: ClosedRange<Int>) throws(StorageError) {
    for page in pages where !verified.contains(page, through: page) {
      guard isWhole(page) else { throw damaged(page) }
      verified.insert(page)
    }
  }

  private func isWhole(_ page: Int) -> Bool {
    let start = page << CheckedFileFormat.pageShift
    let checked = CheckedFileFormat.headerByteCount + contentByteCount
    let end = min(start + CheckedFileFormat.pageByteCount, checked)
    let file = file
    let bytes = file.bytes
    return Checksum.of(bytes.extracting(start..<end)) == bytes.littleEndianUInt64(at: checked + page * 8)
  }

  @inline(never)
  private func damaged(_ page: Int) -> StorageError {
    .corrupt(
      file: name, offset: page << CheckedFileFormat.pageShift, reason: "the page that begins here does not match its checksum")
  }

  @inline(never)
  private func outside(_ range: Range<Int>) -> StorageError {
    .corrupt(
      file: name, offset: nil,
      reason: "bytes \(range.lowerBound)..<\(range.upperBound) were asked for and the content has \(contentByteCount)")
  }
}
