/// Files that a writer left behind when it died: of our own naming, and named by no manifest.
package enum Leftovers {
  /// Removes the files that `isOurs` recognises and `live` does not contain. The caller holds the writer lock and has read the manifest.
  ///
  /// What cannot be removed does no harm, for names are never used twice: it is reported and tried again next time.
  ///
  ///     folder [MANIFEST, 1.postings, 2.postings, notes.txt], live [MANIFEST, 1.postings] → removes 2.postings
  ///
  /// - Parameters:
  ///   - live: every file that is in use, the manifest and the lock file among them.
  ///   - isOurs: whether a name is one that this program gives. Strangers' files are not touched.
  package static func remove(
    from directory: any Directory, live: Set<String>, isOurs: (String) -> Bool
  ) throws(StorageError) -> (removed: [String], failures: [StorageError]) {
    var removed: [String] = []
    var failures: [StorageError] = []
    for file in try directory.list() where isOurs(file.name) && !live.contains(file.name) {
      do throws(StorageError) {
        try directory.remove(file.name)
        removed.append(file.name)
      } catch .missing {
      } catch {
        failures.append(error)
      }
    }
    return (removed, failures)
  }
}
