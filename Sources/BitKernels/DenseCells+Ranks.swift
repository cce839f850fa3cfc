/// The same loops where only the documents that have a word have a cell, in ascending order. Of each group, `present` has bit i where
/// document i has the word, and `before` says how many documents have it before the group: there its cells begin.
extension DenseCells {
  /// How many bits are set before each word.
  package static func countsBefore(_ words: [UInt64]) -> [UInt32] {
    var count: UInt32 = 0
    return words.map { word in
      defer { count += UInt32(word.nonzeroBitCount) }
      return count
    }
  }

  /// As ``add(_:of:count:weight:to:)``.
  ///
  /// Complexity: O(groups + documents with the word in them).
  package static func add(
    _ cells: [UInt8], present: [UInt64], before: [UInt32], of groups: [UInt32], count: Int, weight: UInt16,
    to sums: inout [UInt16]
  ) {
    guard count > 0 else { return }
    precondition(count <= groups.count && count * groupSize <= sums.count, "a group has no room for its sums")
    precondition(Int(groups[count - 1]) < min(present.count, before.count), "a group lies past the documents")
    let (cells, groups, present, before) = (cells.span, groups.span, present.span, before.span)
    var sums = sums.mutableSpan
    for index in 0..<count {
      // Safe, here and below: groups ascend, and the last is there.
      let group = unsafe Int(groups[unchecked: index])
      var left = unsafe present[unchecked: group]
      var rank = unsafe Int(before[unchecked: group])
      let first = index &* groupSize
      while left != 0 {
        let impact = UInt16(truncatingIfNeeded: cells[rank] &>> 4)
        // Safe: room for the sums of the group was checked.
        unsafe sums[unchecked: first &+ sumPlace(of: left.trailingZeroBitCount)] &+= impact &* weight
        rank &+= 1
        left &= left &- 1
      }
    }
  }

  /// As ``addReach(_:unit:documents:to:count:)``.
  ///
  /// Complexity: O(count).
  package static func addReach(
    _ cells: [UInt8], present: [UInt64], before: [UInt32], unit: Double, documents: [UInt32], to reaches: inout [Double],
    count: Int
  ) {
    guard count > 0 else { return }
    precondition(
      count <= min(documents.count, reaches.count) && Int(documents[count - 1]) / groupSize < min(present.count, before.count),
      "a candidate has no group")
    let (cells, documents, present, before) = (cells.span, documents.span, present.span, before.span)
    var reaches = reaches.mutableSpan
    for index in 0..<count {
      // Safe: documents ascend, and the last has a group.
      let document = unsafe documents[unchecked: index]
      let (group, place) = (Int(document &>> 6), UInt64(truncatingIfNeeded: document & 63))
      let bits = unsafe present[unchecked: group]
      if bits &>> place & 1 == 0 { continue }
      let rank = unsafe Int(before[unchecked: group]) &+ (bits & ((1 &<< place) &- 1)).nonzeroBitCount
      unsafe reaches[unchecked: index] += unit * Double(Int32(cells[rank] &>> 4))
    }
  }
}
