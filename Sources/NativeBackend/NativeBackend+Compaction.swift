import IndexStorage
import InvertedIndex
import SearchAPI

extension NativeBackend {
  /// Merges all segments into one, without what was deleted, and removes the files of the old ones.
  ///
  /// Cancellation is looked at before it begins and before it is committed. Errors: those of ``write(_:)``.
  public func compact() async throws -> CompactionReport {
    try await inTurn {
      let directory = directory
      let memoryByteCount = options.memoryByteCount
      let (writer, before) = try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
        let byteCount = try IndexFiles.byteCount(in: directory)
        return (
          try IndexWriter(directory: directory, options: IndexWriterOptions(memoryByteCount: memoryByteCount)), byteCount
        )
      }
      do {
        let (old, new) = try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
          let old = try writer.preview()
          try writer.compact()
          return (old, writer)
        }
        try Task.checkCancellation()
        let snapshot = try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in try new.commit() }
        await snapshots.replace(snapshot)
        let after = try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
          try IndexFiles.byteCount(in: directory)
        }
        return CompactionReport(
          segmentCount: .init(from: old.segments.count, to: snapshot.segments.count),
          byteCount: .init(from: before, to: after), droppedArticleCount: old.documentCount - old.liveCount)
      } catch {
        writer.rollBack()
        throw error
      }
    }
  }
}
