/// Writes a file in ``CheckedFileFormat`` from start to end.
///
/// After any error the file is dead: every later call throws the same error, nothing is synced any more, and only ``abandon()``
/// remains. A writer let go without ``finish()`` leaves an unusable file behind, which the next clean-up removes.
///
///     let writer = try CheckedFileWriter(directory: directory, name: "7.postings", identity: identity)
///     try writer.append([1, 2, 3])
///     let summary = try writer.finish()     // for the manifest
///
/// Concurrency: one task at a time.
package final class CheckedFileWriter {
  /// The file's name.
  package let name: String
  /// How many bytes of content were appended: the offset of the next one.
  package private(set) var position = 0

  private let directory: any Directory
  private let file: any WritableFile
  private var state = State.writing
  /// Header and content that are not yet in the file; begins at a page of the file.
  private var buffer: [UInt8] = []
  private var pageChecksums = ByteWriter()

  private enum State {
    case writing
    case failed(StorageError)
    case closed
  }

  // A multiple of the page size, so that whole pages are hashed in place. 256 KiB per call hides the cost of the calls.
  private static let bufferByteCount = 8 * CheckedFileFormat.pageByteCount

  /// Creates the file; it is an error if it exists.
  package init(directory: any Directory, name: String, identity: FileIdentity) throws(StorageError) {
    self.directory = directory
    self.name = name
    file = try directory.create(name)
    buffer.reserveCapacity(Self.bufferByteCount)
    buffer += CheckedFileFormat.header(identity)
  }

  /// Appends content.
  package func append(_ bytes: Span<UInt8>) throws(StorageError) {
    try checkWriting()
    position += bytes.count
    var start = 0
    while start < bytes.count {
      let count = min(bytes.count - start, Self.bufferByteCount - buffer.count)
      buffer.append(contentsOf: bytes.extracting(start..<start + count))
      start += count
      if buffer.count == Self.bufferByteCount { try flush() }
    }
  }

  /// Appends content.
  package func append(_ bytes: [UInt8]) throws(StorageError) {
    try append(bytes.span)
  }

  /// Writes what is missing, syncs and closes. The file's name survives a power cut only after the directory is synced as well.
  package func finish() throws(StorageError) -> FileSummary {
    try checkWriting()
    try flush()
    let tableChecksum = Checksum.of(pageChecksums.bytes.span)
    let footer = CheckedFileFormat.footer(
      contentByteCount: position, pageCount: pageChecksums.count / 8, tableChecksum: tableChecksum)
    let byteCount = CheckedFileFormat.headerByteCount + position + pageChecksums.count + footer.bytes.count
    pageChecksums.append(contentsOf: footer.bytes)
    let end = pageChecksums.bytes
    do throws(StorageError) {
      try file.append(end.span)
      try file.sync()
      try file.close()
    } catch {
      throw failed(error)
    }
    state = .closed
    return FileSummary(name: name, byteCount: byteCount, checksum: footer.checksum)
  }

  /// Closes and removes the file. Errors are of no interest: what stays behind is removed by the next clean-up.
  package func abandon() {
    if case .closed = state {} else { try? file.close() }
    state = .closed
    try? directory.remove(name)
  }

  /// Hashes and writes the buffer; only the last page of the file may be shorter than a page.
  private func flush() throws(StorageError) {
    var start = 0
    while start < buffer.count {
      let end = min(start + CheckedFileFormat.pageByteCount, buffer.count)
      pageChecksums.append(Checksum.of(buffer.span.extracting(start..<end)))
      start = end
    }
    do throws(StorageError) {
      try file.append(buffer.span)
    } catch {
      throw failed(error)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func checkWriting() throws(StorageError) {
    switch state {
    case .writing: return
    case .failed(let error): throw error
    case .closed: preconditionFailure("\(name) was finished or abandoned and cannot be written to")
    }
  }

  private func failed(_ error: StorageError) -> StorageError {
    state = .failed(error)
    return error
  }
}
