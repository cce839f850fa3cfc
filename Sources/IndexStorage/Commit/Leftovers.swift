/// Files of our own naming that the manifest does not name: left behind by a writer that died, or retired by a later commit.
///
/// When they may go depends on which manifest could still come back, and that is not always the one that was read. After a
/// failed sync the newest manifest may be visible and yet not on the disk, where no later sync will put it; a power cut brings
/// back the one before it, which must still find its files. So:
///
/// - before the writer's first own commit, only files numbered after everything the manifest knows: no manifest has ever named
///   them;
/// - after its own commit, all that neither this generation nor the one before names: the disk now holds this manifest for
///   certain.
///
/// `CommitProtocolTests` finds the lost index where this is not kept.
package enum Leftovers {
  /// Removes the files that `isOurs` recognises and `live` does not contain. The caller holds the writer lock and has read the
  /// manifest.
  ///
  /// What cannot be removed does no harm, for names are never used twice: it is reported and tried again next time.
  ///
  ///     folder [MANIFEST, 1.postings, 2.postings, notes.txt], live [MANIFEST, 1.postings] → removes 2.postings
  ///
  /// - Parameters:
  ///   - live: every file that is in use, the manifest and the lock file among them.
  ///   - isOurs: whether a name is one that this program gives, and may go now. Strangers' files are not touched.
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
