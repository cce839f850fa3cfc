/// How much memory building may take, and when segments are merged.
package struct IndexWriterOptions: Sendable {
  /// The bytes after which a segment under construction is written to disk.
  package var builderByteCount: Int
  /// Which segments are merged.
  package var mergePolicy: MergePolicy

  /// Options for a memory budget in bytes.
  ///
  /// A quarter of the budget is left for what comes and goes beside the segment under construction: arrays that grow by
  /// doubling, and the sorting at its end.
  package init(memoryByteCount: Int, mergePolicy: MergePolicy = MergePolicy()) {
    // No more than the 32-bit places of terms and occurrences can address.
    builderByteCount = min(max(1 << 20, memoryByteCount / 4 * 3), 2 << 30)
    self.mergePolicy = mergePolicy
  }
}
