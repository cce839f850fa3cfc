import CPrefetchShim

/// Loops over the cells of a word: a byte for each document, whose high four bits are a class of what the document gets of the word
/// at most, and whose low four bits are how often it has it.
///
/// Documents are taken in groups of 64. What a few words are worth together is added up in 16 bits a document, in the order in
/// which whole vectors bring them up: of each 16 documents first the even ones, then the odd ones.
package enum DenseCells {
  /// Documents in a group.
  package static let groupSize = 64
  /// The greatest class.
  package static let greatestClass = 15

  /// Adds the greatest classes of groups, times a weight, to their sums.
  ///
  /// Complexity: O(groups).
  package static func addGreatest(_ classes: [UInt8], weight: UInt16, to sums: inout [UInt16]) {
    precondition(classes.count <= sums.count, "a group has no sum")
    let classes = classes.span
    var sums = sums.mutableSpan
    // Safe: there are as many sums.
    for group in classes.indices { unsafe sums[unchecked: group] &+= UInt16(classes[unchecked: group]) &* weight }
  }

  /// Keeps of each 64 documents those that a bitmap holds.
  ///
  /// Complexity: O(masks).
  package static func intersect(_ present: [UInt64], into masks: inout [UInt64]) {
    precondition(masks.count <= present.count, "a group has no documents")
    let present = present.span
    var masks = masks.mutableSpan
    // Safe, here and below: checked above.
    for group in masks.indices { unsafe masks[unchecked: group] &= present[unchecked: group] }
  }

  /// Whether a bitmap holds all documents of some masks.
  ///
  /// Complexity: O(masks).
  package static func holdsAll(_ masks: [UInt64], of present: [UInt64]) -> Bool {
    precondition(masks.count <= present.count, "a group has no documents")
    let (masks, present) = (masks.span, present.span)
    var others: UInt64 = 0
    for group in masks.indices { unsafe others |= masks[unchecked: group] & ~present[unchecked: group] }
    return others == 0
  }

  /// Leaves of each value the lesser of two.
  ///
  /// Complexity: O(values).
  package static func takeLeast(_ others: [UInt16], into values: inout [UInt16]) {
    precondition(values.count <= others.count, "a group has no value")
    let others = others.span
    var values = values.mutableSpan
    for group in values.indices { unsafe values[unchecked: group] = min(values[unchecked: group], others[unchecked: group]) }
  }

  /// Makes the values of groups 0 that have no document.
  ///
  /// Complexity: O(values).
  package static func clear(_ values: inout [UInt16], whereEmpty masks: [UInt64]) {
    precondition(values.count <= masks.count, "a group has no mask")
    let masks = masks.span
    var values = values.mutableSpan
    for group in values.indices { unsafe values[unchecked: group] = masks[unchecked: group] == 0 ? 0 : values[unchecked: group] }
  }

  /// The greatest of some values.
  package static func greatest(_ values: Span<UInt16>) -> UInt16 {
    var greatest: UInt16 = 0
    // Safe: the indices are those of the values.
    for index in values.indices { unsafe greatest = max(greatest, values[unchecked: index]) }
    return greatest
  }

  /// Writes the groups of a range whose sum exceeds a limit to the front of `groups`, ascending; returns how many there are.
  ///
  /// Complexity: O(range), 8 groups at a time where none does.
  package static func selectGroups(
    _ range: Range<Int>, where sums: [UInt16], exceed limit: UInt16, into groups: inout [UInt32]
  ) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= sums.count && range.count <= groups.count, "a group has no sum")
    let sums = sums.span
    var groups = groups.mutableSpan
    let limits = SIMD8<UInt16>(repeating: limit)
    var count = 0
    var group = range.lowerBound
    while group < range.upperBound {
      let end = min(group &+ 8, range.upperBound)
      if end &- group == 8 {
        // Safe: the range lies inside the sums.
        let values = unsafe sums.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: 2 &* group, as: SIMD8<UInt16>.self) }
        if !any(values .> limits) {
          group = end
          continue
        }
      }
      while group < end {
        // Safe: at most one is written for each of the range.
        unsafe groups[unchecked: count] = UInt32(truncatingIfNeeded: group)
        unsafe count &+= sums[unchecked: group] > limit ? 1 : 0
        group &+= 1
      }
    }
    return count
  }

  /// How many values exceed a limit.
  ///
  /// Complexity: O(values), 8 at a time.
  package static func countAbove(_ limit: UInt16, _ values: Span<UInt16>) -> Int {
    let limits = SIMD8<UInt16>(repeating: limit)
    var (count, index) = (0, 0)
    unsafe values.withUnsafeBytes { source in
      while index &+ 8 <= values.count {
        // Counted 8 times side by side, and no longer than 16 bits can count.
        var counts = SIMD8<UInt16>(repeating: 0)
        let end = min(values.count &- 7, index &+ 8 &* Int(UInt16.max))
        while index < end {
          let above = unsafe source.loadUnaligned(fromByteOffset: 2 &* index, as: SIMD8<UInt16>.self) .> limits
          counts.replace(with: counts &+ 1, where: above)
          index &+= 8
        }
        for lane in 0..<8 { count &+= Int(counts[lane]) }
      }
    }
    while index < values.count {
      // Safe: below the count.
      unsafe count &+= values[unchecked: index] > limit ? 1 : 0
      index &+= 1
    }
    return count
  }

  /// A limit that so many of some values exceed, and not more than twice as many where values differ enough; nil where fewer are
  /// not 0.
  ///
  /// Complexity: O(values), at most 16 times.
  package static func limit(ofGreatest wanted: Int, _ values: Span<UInt16>) -> UInt16? {
    var (low, high) = (UInt16(0), greatest(values))
    if countAbove(low, values) < wanted { return nil }
    // Narrowed down by halves, as long as it is worth it.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      let count = countAbove(middle, values)
      if count < wanted { high = middle } else { low = middle }
      if count >= wanted, count <= 2 * wanted { break }
    }
    return low
  }

  /// Adds the classes of the documents of some groups, times a weight, to their sums: 64 sums for each of the groups.
  ///
  /// Complexity: O(groups), 8 documents at a time.
  package static func add(
    _ cells: [UInt8], of groups: [UInt32], count: Int, weight: UInt16, to sums: inout [UInt16]
  ) {
    precondition(count <= groups.count && count * groupSize <= sums.count, "a group has no room for its sums")
    let (cells, groups) = (cells.span, groups.span)
    let weights = SIMD8<UInt16>(repeating: weight)
    unsafe sums.withUnsafeMutableBytes { buffer in
      guard count > 0, let start = buffer.baseAddress else { return }
      for ahead in 0..<min(count, linesAhead) { unsafe prefetch(groups[unchecked: ahead], of: cells) }
      for index in 0..<count {
        if index &+ linesAhead < count { unsafe prefetch(groups[unchecked: index &+ linesAhead], of: cells) }
        let group = unsafe Int(groups[unchecked: index])
        precondition((group &+ 1) &* groupSize <= cells.count, "a group lies past the documents")
        unsafe cells.withUnsafeBytes { source in
          // Safe: both checked above.
          let input = unsafe source.baseAddress! + group &* groupSize
          let output = unsafe start + index &* (2 &* groupSize)
          for part in 0..<4 {
            let bytes = unsafe input.loadUnaligned(fromByteOffset: 16 &* part, as: SIMD8<UInt16>.self)
            let even = unsafe output.loadUnaligned(fromByteOffset: 32 &* part, as: SIMD8<UInt16>.self)
            let odd = unsafe output.loadUnaligned(fromByteOffset: 32 &* part &+ 16, as: SIMD8<UInt16>.self)
            unsafe output.storeBytes(
              of: even &+ ((bytes &>> 4) & SIMD8(repeating: 15)) &* weights, toByteOffset: 32 &* part, as: SIMD8<UInt16>.self)
            unsafe output.storeBytes(
              of: odd &+ (bytes &>> 12) &* weights, toByteOffset: 32 &* part &+ 16, as: SIMD8<UInt16>.self)
          }
        }
      }
    }
  }

  /// Removes from the mask of each group the documents whose sum does not exceed a limit: document i of the group is bit i.
  ///
  /// Complexity: O(groups), 16 documents at a time.
  package static func keepAbove(_ limit: UInt16, sums: [UInt16], masks: inout [UInt64], count: Int) {
    precondition(count <= masks.count && count * groupSize <= sums.count, "a group has no sums")
    let sums = sums.span
    var masks = masks.mutableSpan
    let limits = SIMD8<UInt16>(repeating: limit)
    let (none, even) = (SIMD8<UInt16>(repeating: 0), SIMD8<UInt16>(1, 1 << 2, 1 << 4, 1 << 6, 1 << 8, 1 << 10, 1 << 12, 1 << 14))
    let odd = even &<< 1
    unsafe sums.withUnsafeBytes { source in
      for index in 0..<count {
        // Safe: checked above.
        let first = index &* (2 &* groupSize)
        var above: UInt64 = 0
        for part in 0..<4 {
          let evens = unsafe source.loadUnaligned(fromByteOffset: first &+ 32 &* part, as: SIMD8<UInt16>.self)
          let odds = unsafe source.loadUnaligned(fromByteOffset: first &+ 32 &* part &+ 16, as: SIMD8<UInt16>.self)
          let bits = none.replacing(with: even, where: evens .> limits) | none.replacing(with: odd, where: odds .> limits)
          // Each lane has bits of its own, so that halves can be laid on each other.
          let halves = unsafe unsafeBitCast(bits, to: SIMD2<UInt64>.self)
          var folded = halves[0] | halves[1]
          folded |= folded &>> 32
          folded |= folded &>> 16
          above |= (folded & 0xFFFF) &<< UInt64(truncatingIfNeeded: 16 &* part)
        }
        unsafe masks[unchecked: index] &= above
      }
    }
  }

  /// Asks for the memory of a group, which may take two lines.
  @inline(__always)
  private static func prefetch(_ group: UInt32, of cells: Span<UInt8>) {
    // Safe: memory that is only asked for may lie anywhere.
    unsafe cells.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe lede_prefetch(start + Int(group) &* groupSize)
      unsafe lede_prefetch(start + (Int(group) &* groupSize &+ groupSize &- 1))
    }
  }

  /// How many documents are meant in all groups.
  package static func documentCount(of masks: [UInt64], count: Int) -> Int {
    masks.prefix(count).reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// Appends the documents of groups that are meant, with scores of 0, after the `found` candidates there; returns how many there
  /// are then.
  ///
  /// Complexity: O(groups + documents).
  package static func append(
    _ groups: [UInt32], masks: [UInt64], count: Int, to documents: inout [UInt32], _ scores: inout [Double], from found: Int
  ) -> Int {
    precondition(count <= min(groups.count, masks.count), "a group has no mask")
    let (groups, masks) = (groups.span, masks.span)
    var documents = documents.mutableSpan
    var scores = scores.mutableSpan
    var found = found
    for place in 0..<count {
      // Safe: checked above.
      var left = unsafe masks[unchecked: place]
      let first = unsafe groups[unchecked: place] &* UInt32(groupSize)
      while left != 0 {
        documents[found] = first &+ UInt32(left.trailingZeroBitCount)
        scores[found] = 0
        found &+= 1
        left &= left &- 1
      }
    }
    return found
  }

  /// Where the sum of a document of a group stands among the 64.
  @inline(__always)
  package static func sumPlace(of place: Int) -> Int { place & 48 | (place & 1) &<< 3 | (place & 15) &>> 1 }

  /// Adds what each candidate gets of a word at most, `unit` a class.
  ///
  /// Complexity: O(count), without branches.
  package static func addReach(
    _ cells: [UInt8], unit: Double, documents: [UInt32], to reaches: inout [Double], count: Int
  ) {
    guard count > 0 else { return }
    precondition(
      count <= min(documents.count, reaches.count) && Int(documents[count - 1]) < cells.count, "a candidate has no cell")
    let (cells, documents) = (cells.span, documents.span)
    var reaches = reaches.mutableSpan
    unsafe cells.withUnsafeBytes { source in
      // Safe, here and below: documents ascend, and the last has a cell.
      guard let start = source.baseAddress else { return }
      for ahead in 0..<min(count, linesAhead) { unsafe lede_prefetch(start + Int(documents[unchecked: ahead])) }
      for index in 0..<count {
        unsafe lede_prefetch(start + Int(documents[unchecked: min(index &+ linesAhead, count &- 1)]))
        let cell = unsafe cells[unchecked: Int(documents[unchecked: index])]
        unsafe reaches[unchecked: index] += unit * Double(Int32(cell &>> 4))
      }
    }
  }
}
