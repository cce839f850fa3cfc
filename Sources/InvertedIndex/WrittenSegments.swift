/// What a transaction wrote in segments, for those who ask what merging costs.
package struct WrittenSegments: Hashable, Sendable {
  /// Segments gathered in memory and written.
  package internal(set) var flushCount = 0
  /// The bytes of their files.
  package internal(set) var flushedByteCount = 0
  /// Merges done.
  package internal(set) var mergeCount = 0
  /// The bytes of the files of what they made.
  package internal(set) var mergedByteCount = 0
}
