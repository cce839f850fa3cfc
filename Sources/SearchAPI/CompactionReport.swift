/// What compacting an index did.
public struct CompactionReport: Hashable, Sendable {
  /// The number of separately searched parts.
  public var segmentCount: Change
  /// The bytes on disk, those of files that wait for their removal included.
  public var byteCount: Change
  /// The articles that had been deleted or replaced before and that the index held until now; 0 where a backend lets go of articles
  /// at once.
  public var droppedArticleCount: Int

  /// A number before and after.
  public struct Change: Hashable, Sendable {
    /// The number before.
    public var before: Int
    /// The number after.
    public var after: Int

    /// Makes a change.
    public init(from before: Int, to after: Int) {
      self.before = before
      self.after = after
    }
  }

  /// Makes a report.
  public init(segmentCount: Change, byteCount: Change, droppedArticleCount: Int) {
    self.segmentCount = segmentCount
    self.byteCount = byteCount
    self.droppedArticleCount = droppedArticleCount
  }
}
