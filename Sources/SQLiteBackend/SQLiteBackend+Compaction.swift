import Foundation
import GRDB
import SearchAPI

extension SQLiteBackend {
  /// Merges FTS5's segments into one and writes the file anew without free pages, in two transactions of SQLite: a crash between
  /// them leaves a merged index in a file that is still large.
  ///
  /// SQLite makes the new file in its folder for temporary files (`SQLITE_TMPDIR`, else that of the system), and then in the log
  /// beside the index. The file itself shrinks when the log is copied back, which a search of another process that goes on for
  /// longer puts off until the next commit.
  ///
  /// Throws ``SearchError/locked(path:)`` while another process writes.
  public func compact() async throws -> CompactionReport {
    try await exclusively {
      let before = byteCount
      try mapping("compact") {
        let queue = try DatabaseQueue(path: filePath, configuration: Connection.configuration(readonly: false))
        try queue.inDatabase { database in
          try database.run("BEGIN IMMEDIATE")
          do {
            try database.run("INSERT INTO words(words) VALUES ('optimize')")
            try database.run("COMMIT")
          } catch {
            try? database.run("ROLLBACK")
            throw error
          }
          // A copy of the whole index has no place in memory.
          try database.run("PRAGMA temp_store = FILE")
          try database.run("VACUUM")
          _ = try? database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
        }
      }
      return CompactionReport(
        segmentCount: .init(from: 1, to: 1), byteCount: .init(from: before, to: byteCount), droppedArticleCount: 0)
    }
  }

  /// The bytes of the file and its log.
  private var byteCount: Int {
    ["", "-wal"].reduce(0) { sum, suffix in
      let size = (try? FileManager.default.attributesOfItem(atPath: filePath + suffix)[.size] as? NSNumber)?.intValue
      return sum + (size ?? 0)
    }
  }
}
