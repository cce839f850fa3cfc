import InvertedIndex

/// What a transaction of the native backend wrote to disk, and so what merging cost.
public struct TransactionReport: Hashable, Sendable {
  /// Segments gathered in memory and written.
  public let segmentCount: Int
  /// The bytes of their files.
  public let segmentByteCount: Int
  /// Merges of segments.
  public let mergeCount: Int
  /// The bytes of the files that merges made.
  public let mergedByteCount: Int

  /// How many bytes were written for each byte of a segment that was gathered, that one included; 1 without merges.
  public var writeAmplification: Double {
    segmentByteCount == 0 ? 1 : Double(segmentByteCount + mergedByteCount) / Double(segmentByteCount)
  }

  init(_ written: WrittenSegments) {
    segmentCount = written.flushCount
    segmentByteCount = written.flushedByteCount
    mergeCount = written.mergeCount
    mergedByteCount = written.mergedByteCount
  }
}
