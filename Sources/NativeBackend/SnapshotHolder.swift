import IndexStorage
import InvertedIndex

/// The snapshot that searches use: opened when first needed, replaced by each commit.
actor SnapshotHolder {
  private let directory: any Directory
  private var snapshot: IndexSnapshot?

  init(directory: any Directory) { self.directory = directory }

  /// The current snapshot.
  func current() throws(StorageError) -> IndexSnapshot {
    if let snapshot { return snapshot }
    let opened = try IndexSnapshot.open(directory)
    try NativeSchema.check(opened.manifest.schema)
    snapshot = opened
    return opened
  }

  /// Makes a new commit the current one; searches under way keep theirs.
  func replace(_ snapshot: IndexSnapshot) { self.snapshot = snapshot }
}

/// Lets one transaction of this process run at a time, in the order of asking.
actor WriteTurns {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Waits for the turn. A task that is cancelled while it waits still gets its turn and must pass it on.
  func take() async throws {
    try Task.checkCancellation()
    if isTaken { await withCheckedContinuation { waiting.append($0) } }
    isTaken = true
  }

  /// Gives the turn to the next.
  func pass() {
    isTaken = !waiting.isEmpty
    if !waiting.isEmpty { waiting.removeFirst().resume() }
  }
}
