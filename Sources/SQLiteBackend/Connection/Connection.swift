import CSQLiteShim
import Foundation
import GRDB
import SearchAPI

/// How connections to an index file are opened.
enum Connection {
  /// A connection's settings: our tokenizer and score function, and no trust in what the file says.
  static func configuration(readonly: Bool, counter: WordCounter = WordCounter()) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = false
    configuration.label = "lede"
    configuration.maximumReaderCount = 4
    // A transaction of the writer spans many calls.
    configuration.allowsUnsafeTransactions = !readonly
    // Readers meet a lock only for the moment in which another process recovers or removes the log.
    configuration.busyMode = readonly ? .timeout(10) : .immediateError
    let sharedCounter = UncheckedCounter(counter)
    configuration.prepareDatabase { database in
      guard let handle = unsafe database.sqliteConnection, unsafe lede_sqlite_set_defensive(handle) == 0 else {
        throw DatabaseError(message: "SQLite cannot be opened defensively")
      }
      // Writing: durable at commit; pages that are freed need not be overwritten.
      let settings = [
        "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY",
        "cache_size = \(readonly ? -16_384 : -65_536)",
        "synchronous = FULL", "fullfsync = ON", "checkpoint_fullfsync = ON", "secure_delete = OFF", "wal_autocheckpoint = 1000",
      ]
      for setting in settings { try database.run("PRAGMA \(setting)") }
      try AnalyzerTokenizer.register(on: database, sharedCounter.counter)
      try ScoreFunction.register(on: database)
    }
    return configuration
  }

  /// A counter belongs to one connection, and GRDB lets only one thread at a time use that.
  private struct UncheckedCounter: @unchecked Sendable {
    let counter: WordCounter
    init(_ counter: WordCounter) { self.counter = counter }
  }
}
