/// A segment that gathers articles or is being written, and the articles that it has been given.
struct GrowingSegment {
  let builder: SegmentBuilder
  var identities = ArticleIdentities()
  /// Whether it takes no more articles, and none of them can be left out any more.
  var isBeingWritten = false
  /// The ids of articles that were deleted when it was too late to leave them out.
  private(set) var deletedWhileWritten: [String] = []

  init(builder: SegmentBuilder) { self.builder = builder }

  /// Leaves out the article with an id; false where there is none.
  mutating func delete(id: String) -> Bool {
    guard identities.delete(id: id) else { return false }
    if isBeingWritten { deletedWhileWritten.append(id) }
    return true
  }
}
