/// Replaces a file so that, whatever happens, its name stands for all of the old bytes or all of the new ones.
///
/// The order is: write `NAME.tmp`, sync it, rename it over `NAME`, sync the folder. What the new bytes speak of must have been
/// synced before, files and folder: a rename may reach the disk earlier than a file created before it.
///
///     try directory.sync()                                         // the segment files of this commit
///     try AtomicFile.replace("MANIFEST", with: bytes, in: directory)    // returns: the commit is durable
package enum AtomicFile {
  /// The name under which the new bytes are written first.
  package static func temporaryName(for name: String) -> String { name + ".tmp" }

  /// Replaces the file `name`, or creates it. The caller holds the writer lock.
  ///
  /// - Throws: ``StorageError/outcomeUnknown(file:reason:)`` where the last sync failed: the new bytes stand under the name
  ///   now, and
  ///   nobody knows which ones will after a power cut, so delete nothing, and tell the user. After any other error the old
  ///   bytes stand.
  ///   After either the writer is finished: a sync that succeeds later proves nothing.
  package static func replace(_ name: String, with bytes: [UInt8], in directory: any Directory) throws(StorageError) {
    let temporary = temporaryName(for: name)
    // Only a writer that died leaves one behind.
    do throws(StorageError) { try directory.remove(temporary) } catch .missing {}

    let file = try directory.create(temporary)
    do throws(StorageError) {
      do throws(StorageError) {
        try file.append(bytes.span)
        try file.sync()
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
      try directory.rename(temporary, to: name)
    } catch {
      try? directory.remove(temporary)
      throw error
    }

    do throws(StorageError) { try directory.sync() } catch {
      throw .outcomeUnknown(file: name, reason: error.description)
    }
  }
}
