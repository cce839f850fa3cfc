import IndexStorage

/// Decides which segments to merge: so many of about the same size, so that an article is rewritten a logarithmic number of
/// times.
///
/// Segments fall into tiers by size, each `fanIn` times the one before; a tier that holds `fanIn` segments is merged into one
/// of the next. Writes are then at most 1 + log(size / smallest tier) to the base `fanIn` times the articles' own, for segments of
/// the smallest tier's size; smaller commits are rewritten once more for each `fanIn - 1` of them.
package struct MergePolicy: Sendable {
  /// How many segments of a tier are merged.
  package var fanIn: Int
  /// The bytes up to which a segment is of the smallest tier.
  package var smallestTierByteCount: Int

  /// Makes a policy; the defaults are not measured yet against others.
  package init(fanIn: Int = 8, smallestTierByteCount: Int = 16 << 20) {
    precondition(fanIn >= 2, "at least two segments are merged")
    self.fanIn = fanIn
    self.smallestTierByteCount = smallestTierByteCount
  }

  /// A segment as the policy sees it.
  struct Segment {
    var id: UInt64
    var byteCount: Int
    var documentCount: Int
    var liveCount: Int

    /// About the bytes that its live documents take.
    var liveByteCount: Int { documentCount == 0 ? 0 : Int(Double(byteCount) * Double(liveCount) / Double(documentCount)) }
  }

  /// The ids of segments to merge now, or nil.
  ///
  /// A segment most of whose documents are deleted is written anew by itself: that costs less than adding what was deleted did.
  func merge(of segments: [Segment]) -> [UInt64]? {
    if let segment = segments.first(where: { 2 * $0.liveCount < $0.documentCount }) { return [segment.id] }
    var tiers: [Int: [UInt64]] = [:]
    for segment in segments { tiers[tier(segment.liveByteCount), default: []].append(segment.id) }
    let full = tiers.filter { $0.value.count >= fanIn }
    return full.min { $0.key < $1.key }?.value
  }

  private func tier(_ byteCount: Int) -> Int {
    var tier = 0
    var limit = smallestTierByteCount
    while byteCount > limit, tier < 32 {
      tier += 1
      limit *= fanIn
    }
    return tier
  }
}
