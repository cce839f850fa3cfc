/// The index, at or after `start`, of the first of ascending values that is at least `target`, or their number if there is none.
///
///     [3, 8, 9]: lowerBound(of: 8) → 1        lowerBound(of: 10) → 3
///
/// Complexity: O(log count), without unpredictable branches.
@inlinable
package func lowerBound(of target: UInt32, in values: Span<UInt32>, from start: Int = 0) -> Int {
  precondition(start >= 0 && start <= values.count, "a search starts inside its values")
  var low = start
  var length = values.count &- start
  while length > 1 {
    let half = length &>> 1
    // Safe: low + half never passes start + length, which is the number of values at most.
    low &+= unsafe values[unchecked: low &+ half &- 1] < target ? half : 0
    length &-= half
  }
  guard length == 1 else { return low }
  return unsafe values[unchecked: low] < target ? low &+ 1 : low
}
