/// How much memory building may take, and when segments are merged.
package struct IndexWriterOptions: Sendable {
  /// The bytes after which a segment under construction is written to disk.
  package var builderByteCount: Int
  /// Which segments are merged.
  package var mergePolicy: MergePolicy

  /// Options for a memory budget in bytes.
  ///
  /// A quarter of the budget is left for what comes and goes beside the segments under construction: arrays that grow by
  /// doubling, and the inverting at their end. Where several are built at the same time, a merge that runs beside them has a share.
  ///
  /// - Parameter threadCount: how many segments are built at the same time, at least 1.
  package init(memoryByteCount: Int, threadCount: Int = 1, mergePolicy: MergePolicy = MergePolicy()) {
    precondition(threadCount >= 1, "something has to do the work")
    let shareCount = threadCount == 1 ? 1 : threadCount + 1
    // No more than the 32-bit places of terms and occurrences can address.
    builderByteCount = min(max(1 << 20, memoryByteCount / 4 * 3 / shareCount), 2 << 30)
    self.mergePolicy = mergePolicy
  }
}
