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
  var kept = output
  var next = 0
  var index = range.lowerBound
  while index < range.upperBound, next < count {
    // Safe: all stay below the bounds checked above.
    let start = unsafe starts[unchecked: index]
    let wanted = start &+ place
    let position = unsafe positions[unchecked: next]
    if position == wanted {
      unsafe starts[unchecked: kept] = start
      kept &+= 1
    }
    index &+= position >= wanted ? 1 : 0
    next &+= position <= wanted ? 1 : 0
  }
  return kept
}
