/// Adds gaps up to positions: the first is a position as it is or follows `expected - 1`, each other follows the one before.
/// Writes them to `positions` from `output` on, and returns what the next would be expected to be at least.
///
///     gaps 4 0 3, expected 0 → 4 5 9, returns 10
///
/// There must be room. Complexity: O(range).
package func addUpPositions(
  _ gaps: Span<UInt32>, range: Range<Int>, expected: UInt64, into positions: inout [UInt32], at output: Int
) -> UInt64 {
  precondition(
    range.lowerBound >= 0 && range.upperBound <= gaps.count && output >= 0 && output + range.count <= positions.count,
    "positions reach past their room")
  var positions = positions.mutableSpan
  var expected = expected
  var next = output
  for index in range {
    // Safe: see above.
    let position = unsafe expected &+ UInt64(gaps[unchecked: index])
    unsafe positions[unchecked: next] = UInt32(truncatingIfNeeded: position)
    expected = position &+ 1
    next &+= 1
  }
  return expected
}

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
