import BitKernels
import IndexStorage

/// Gathers the bound of a run of documents.
struct ScoreBoundBuilder: ~Copyable {
  /// The shortest length by occurrences; the last entry stands for that many or more.
  private var shortest = FixedBuffer<64, UInt32>(repeating: .max)
  /// A bit for each entry of ``shortest`` that is a length.
  private var present: UInt64 = 0
  private var largest: UInt32 = 0
  private var maximumFieldCounts: [UInt32]
  private var pairs = PlainBuffer<ScoreBound.Pair>(capacity: 64)

  init(furtherFieldCount: Int) { maximumFieldCounts = Array(repeating: 0, count: furtherFieldCount) }

  @inline(__always)
  mutating func add(occurrences: UInt32, length: UInt32) {
    let index = Int(min(occurrences, 63))
    shortest[index] = min(shortest[index], length)
    present |= 1 << UInt64(index)
    largest = max(largest, occurrences)
  }

  /// Adds the first `count` documents of a block.
  mutating func add(
    _ documents: borrowing IntegerBlock, occurrences: borrowing IntegerBlock, count: Int, lengths: [UInt32]
  ) {
    // Most documents have a word once or twice: their shortest stay in registers.
    var (once, twice) = (UInt32.max, UInt32.max)
    for index in 0..<count {
      let length = lengths[Int(documents[index])]
      switch occurrences[index] {
      case 1: once = min(once, length)
      case 2: twice = min(twice, length)
      case let more: add(occurrences: more, length: length)
      }
    }
    if once != .max { add(occurrences: 1, length: once) }
    if twice != .max { add(occurrences: 2, length: twice) }
  }

  mutating func add(fieldCount: UInt32, field: Int) {
    maximumFieldCounts[field] = max(maximumFieldCounts[field], fieldCount)
  }

  /// Writes the bound of what was added, with at most ``PostingsFormat/maximumPairs`` pairs, adds it to that of a longer run, and
  /// starts again.
  mutating func end(writingTo writer: inout ByteWriter, addingTo longer: inout ScoreBoundBuilder) {
    write(to: &writer)
    for index in 0..<pairs.count { longer.add(occurrences: pairs[index].occurrences, length: pairs[index].length) }
    for field in maximumFieldCounts.indices { longer.add(fieldCount: maximumFieldCounts[field], field: field) }
    removeAll()
  }

  /// Writes the bound of what was added, and starts again.
  mutating func end(writingTo writer: inout ByteWriter) {
    write(to: &writer)
    removeAll()
  }

  private mutating func write(to writer: inout ByteWriter) {
    choosePairs()
    ScoreBound.write(pairs.span, maximumFieldCounts: maximumFieldCounts.span, to: &writer)
  }

  private mutating func removeAll() {
    while present != 0 {
      shortest[present.trailingZeroBitCount] = .max
      present &= present - 1
    }
    largest = 0
    for field in maximumFieldCounts.indices { maximumFieldCounts[field] = 0 }
  }

  /// Puts the pairs of the bound in ``pairs``, ascending.
  private mutating func choosePairs() {
    pairs.removeAll()
    var best = UInt32.max
    // From the most occurrences down, as nothing with fewer dominates them.
    var left = present
    while left != 0 {
      let index = 63 - left.leadingZeroBitCount
      left ^= 1 << UInt64(index)
      guard shortest[index] < best else { continue }
      best = shortest[index]
      pairs.append(ScoreBound.Pair(occurrences: index == 63 ? largest : UInt32(index), length: best))
    }
    reversePairs()
    while pairs.count > PostingsFormat.maximumPairs { joinClosest() }
  }

  private mutating func reversePairs() {
    for index in 0..<pairs.count / 2 {
      let pair = pairs[index]
      pairs[index] = pairs[pairs.count - 1 - index]
      pairs[pairs.count - 1 - index] = pair
    }
  }

  /// Replaces the two neighbours whose join loosens the bound least by one pair that dominates both.
  private mutating func joinClosest() {
    var least = Double.infinity
    var closest = 0
    for index in 0..<pairs.count - 1 {
      let loss = loss(index)
      if loss < least {
        least = loss
        closest = index
      }
    }
    pairs[closest].occurrences = pairs[closest + 1].occurrences
    for index in closest + 1..<pairs.count - 1 { pairs[index] = pairs[index + 1] }
    pairs.resize(to: pairs.count - 1, repeating: pairs[0])
  }

  private func loss(_ index: Int) -> Double {
    let (pair, next) = (pairs[index], pairs[index + 1])
    return Double(next.occurrences - pair.occurrences) / Double(next.occurrences) * Double(next.length - pair.length)
      / Double(max(1, next.length))
  }
}
