/// Copies a file inside its folder.
package enum FileCopy {
  private static let pieceByteCount = 1 << 20

  /// Copies the bytes as they are, damaged or not, and syncs them; the new name survives a power cut once the folder is synced. A file
  /// of that name is replaced.
  ///
  /// Errors: `.missing` where there is nothing to copy. After any error the copy may be there in part.
  package static func copy(_ name: String, to target: String, in directory: any Directory) throws(StorageError) {
    let source = try directory.open(name)
    do throws(StorageError) { try directory.remove(target) } catch .missing {}
    let copy = try directory.create(target)
    do throws(StorageError) {
      for start in stride(from: 0, to: source.byteCount, by: pieceByteCount) {
        try append(start..<min(start + pieceByteCount, source.byteCount), of: source, to: copy)
      }
      try copy.sync()
    } catch {
      try? copy.close()
      throw error
    }
    try copy.close()
  }

  private static func append(
    _ range: Range<Int>, of source: MappedFile, to copy: any WritableFile
  ) throws(StorageError) {
    let bytes = source.bytes
    try copy.append(bytes.extracting(range))
  }
}
