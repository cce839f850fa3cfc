/// Keeps those of ascending starts for which `start + place` is among ascending positions, moved to `output`, which is not after
/// the first; returns the place after the last kept.
///
/// Complexity: O(starts + positions).
package func intersectStarts(
  _ starts: inout [UInt32], _ range: Range<Int>, with positions: [UInt32], count: Int, place: UInt32, movingTo output: Int
) -> Int {
  precondition(
    range.lowerBound >= output && output >= 0 && range.upperBound <= starts.count && count <= positions.count,
    "starts reach past their room")
  var starts = starts.mutableSpan
  let positions = positions.span
  // Safe: asked for places below `count`, which was checked.
  return keepStarts(&starts, range, place: place, movingTo: output, positionCount: count) { unsafe positions[unchecked: $0] }
}

/// As above, with positions that `position` tells by their places; the range must lie inside the starts.
@inline(__always)
func keepStarts(
  _ starts: inout MutableSpan<UInt32>, _ range: Range<Int>, place: UInt32, movingTo output: Int, positionCount: Int,
  position: (_ place: Int) -> UInt32
) -> Int {
  var kept = output
  var next = 0
  var index = range.lowerBound
  while index < range.upperBound, next < positionCount {
    // Safe: inside the range, and `kept` never passes it.
    let start = unsafe starts[unchecked: index]
    let wanted = start &+ place
    let position = position(next)
    if position == wanted {
      unsafe starts[unchecked: kept] = start
      kept &+= 1
    }
    index &+= position >= wanted ? 1 : 0
    next &+= position <= wanted ? 1 : 0
  }
  return kept
}
