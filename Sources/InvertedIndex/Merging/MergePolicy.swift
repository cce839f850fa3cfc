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

  /// The ids of segments to merge now, or nil.
  func merge(of segments: [SegmentInfo]) -> [UInt64]? {
    var tiers: [Int: [UInt64]] = [:]
    for segment in segments { tiers[tier(segment.byteCount), default: []].append(segment.id) }
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
