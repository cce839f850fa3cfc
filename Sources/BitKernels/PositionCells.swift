import CPrefetchShim

/// The positions of a word in each of its documents, in 64 bits a document and document by document where that is not enough.
///
/// A cell holds up to four positions below 65,535, ascending, 16 bits each from the lowest on, and 65,535 in the places that are
/// left over. Where they do not fit, its lowest 16 bits are 65,535, and those above say where their run among the others begins:
/// how many they are and then each in 16 bits; or, where a number does not fit into 16 bits, a 0 and then all in 32 bits, the
/// lower half first.
package enum PositionCells {
  private static let mostInCell = 4
  private static let none: UInt64 = 0xFFFF
  private static let ones: UInt64 = 0x0001_0001_0001_0001
  private static let signs: UInt64 = 0x8000_8000_8000_8000

  /// The cell of a document's positions, at least one, which ascend; appends to the others what it has no room for.
  package static func cell(of positions: Span<UInt32>, others: inout [UInt16]) -> UInt64 {
    let isNarrow = positions.count < none && positions[positions.count - 1] < none
    if isNarrow, positions.count <= mostInCell {
      var cell = UInt64.max
      for index in positions.indices.reversed() { cell = cell << 16 | UInt64(positions[index]) }
      return cell
    }
    let start = UInt64(others.count)
    if isNarrow {
      others.append(UInt16(positions.count))
      for index in positions.indices { others.append(UInt16(positions[index])) }
    } else {
      others.append(0)
      append(UInt32(positions.count), to: &others)
      for index in positions.indices { append(positions[index], to: &others) }
    }
    return start << 16 | none
  }

  private static func append(_ value: UInt32, to others: inout [UInt16]) {
    others.append(UInt16(truncatingIfNeeded: value))
    others.append(UInt16(value >> 16))
  }

  /// Writes the positions of a cell to the front of `positions`, which grows where it must; returns how many there are.
  ///
  /// Complexity: O(positions).
  package static func read(_ cell: UInt64, others: [UInt16], into positions: inout [UInt32]) -> Int {
    if cell & none != none {
      makeRoom(mostInCell, in: &positions)
      var count = 0
      var left = cell
      while count < mostInCell, left & none != none {
        positions[count] = UInt32(left & none)
        left >>= 16
        count += 1
      }
      return count
    }
    let run = run(cell, others)
    makeRoom(run.count, in: &positions)
    let others = others.span
    var positions = positions.mutableSpan
    if run.isWide {
      for index in 0..<run.count { positions[index] = wide(others, at: run.start &+ 2 &* index) }
    } else {
      // Safe: the run lies among the others, and there is room for it.
      for index in 0..<run.count { unsafe positions[unchecked: index] = UInt32(others[unchecked: run.start &+ index]) }
    }
    return run.count
  }

  /// Keeps those of the first `count` starts for which `start + place` is among the positions of a cell; returns how many are
  /// left.
  ///
  /// Complexity: O(starts) where positions fit into the cell, else O(starts + positions).
  @inline(__always)
  package static func narrow(
    _ starts: inout [UInt32], count: Int, place: UInt32, to cell: UInt64, others: [UInt16]
  ) -> Int {
    if cell & none == none { return narrow(&starts, count: count, place: place, toRunOf: cell, others) }
    precondition(count <= starts.count, "starts reach past their room")
    var starts = starts.mutableSpan
    var kept = 0
    for index in 0..<count {
      // Safe: checked above.
      let start = unsafe starts[unchecked: index]
      unsafe starts[unchecked: kept] = start
      kept &+= holds(cell, start &+ place) ? 1 : 0
    }
    return kept
  }

  /// Whether a position is in a cell that all positions fit into.
  @inline(__always)
  private static func holds(_ cell: UInt64, _ position: UInt32) -> Bool {
    // The places that are alike are zero then; the lowest of them alone is sure to be found, which is enough.
    let differences = cell ^ (UInt64(position) &* ones)
    return (differences &- ones) & ~differences & signs != 0 && position < none
  }

  @inline(never)
  private static func narrow(
    _ starts: inout [UInt32], count: Int, place: UInt32, toRunOf cell: UInt64, _ others: [UInt16]
  ) -> Int {
    precondition(count <= starts.count, "starts reach past their room")
    let run = run(cell, others)
    let others = others.span
    var starts = starts.mutableSpan
    // The loop of `intersectStarts`, written out: one loop with a closure for the positions made phrases an eighth slower.
    var kept = 0
    var next = 0
    var index = 0
    while index < count, next < run.count {
      // Safe: all stay below bounds that were checked.
      let start = unsafe starts[unchecked: index]
      let wanted = start &+ place
      let position =
        unsafe run.isWide
        ? wide(others, at: run.start &+ 2 &* next) : UInt32(others[unchecked: run.start &+ next])
      if position == wanted {
        unsafe starts[unchecked: kept] = start
        kept &+= 1
      }
      index &+= position >= wanted ? 1 : 0
      next &+= position <= wanted ? 1 : 0
    }
    return kept
  }

  /// Where the positions of a cell are among the others.
  private static func run(_ cell: UInt64, _ others: [UInt16]) -> (start: Int, count: Int, isWide: Bool) {
    let start = Int(cell >> 16)
    let count = Int(others[start])
    if count > 0 {
      precondition(start + 1 + count <= others.count, "positions lie past the others")
      return (start + 1, count, false)
    }
    let wideCount = Int(wide(others.span, at: start + 1))
    precondition(start + 3 + 2 * wideCount <= others.count, "positions lie past the others")
    return (start + 3, wideCount, true)
  }

  private static func wide(_ others: Span<UInt16>, at place: Int) -> UInt32 {
    UInt32(others[place]) | UInt32(others[place + 1]) << 16
  }

  private static func makeRoom(_ count: Int, in positions: inout [UInt32]) {
    if positions.count < count { positions += repeatElement(0, count: count - positions.count) }
  }

  /// Writes the cell of each of some documents, which must have the word, to the front of `found`. Documents ascend; of each 64,
  /// `present` has bit i where document i has the word, and `before` says how many have it before them: there their cells begin.
  ///
  /// Complexity: O(range).
  package static func gather(
    _ cells: [UInt64], present: [UInt64], before: [UInt32], of documents: [UInt32], _ range: Range<Int>,
    into found: inout [UInt64]
  ) {
    guard !range.isEmpty else { return }
    precondition(
      range.lowerBound >= 0 && range.upperBound <= documents.count && range.count <= found.count
        && Int(documents[range.upperBound - 1]) / 64 < min(present.count, before.count), "a document has no cell")
    let (cells, present, before, documents) = (cells.span, present.span, before.span, documents.span)
    var found = found.mutableSpan
    unsafe cells.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      for index in range {
        // Safe: documents ascend, and the last has a group. Memory that is only asked for may lie anywhere.
        let document = unsafe documents[unchecked: index]
        let group = Int(document &>> 6)
        let bits = unsafe present[unchecked: group] & ((1 &<< UInt64(document & 63)) &- 1)
        let rank = unsafe Int(before[unchecked: group]) &+ bits.nonzeroBitCount
        unsafe lede_prefetch(start + rank)
        unsafe found[unchecked: index &- range.lowerBound] = UInt64(truncatingIfNeeded: rank)
      }
    }
    for index in 0..<range.count { unsafe found[unchecked: index] = cells[Int(found[unchecked: index])] }
  }

  /// Keeps the documents in which two words may stand so far from each other, in their order, with the cells of both; returns how
  /// many there are. Certain where both cells hold all their positions; where not, the document is kept.
  ///
  /// Complexity: O(documents).
  package static func keepMeeting(
    _ documents: inout [UInt32], _ first: inout [UInt64], _ second: inout [UInt64], count: Int, distance: Int
  ) -> Int {
    precondition(count <= min(documents.count, first.count, second.count), "a document has no cell")
    var documents = documents.mutableSpan
    var first = first.mutableSpan
    var second = second.mutableSpan
    var kept = 0
    for index in 0..<count {
      // Safe: checked above, and kept never passes index.
      let (left, right) = unsafe (first[unchecked: index], second[unchecked: index])
      unsafe documents[unchecked: kept] = documents[unchecked: index]
      unsafe first[unchecked: kept] = left
      unsafe second[unchecked: kept] = right
      kept &+= mayMeet(left, right, distance) ? 1 : 0
    }
    return kept
  }

  @inline(__always)
  private static func mayMeet(_ first: UInt64, _ second: UInt64, _ distance: Int) -> Bool {
    if second & none == none || first & none == none { return true }
    var left = first
    while true {
      let wanted = Int(left & none) &+ distance
      if wanted >= 0, holds(second, UInt32(truncatingIfNeeded: wanted)) { return true }
      left >>= 16
      if left & none == none || left == 0 { return false }
    }
  }
}
