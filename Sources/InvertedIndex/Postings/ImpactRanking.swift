import BitKernels

/// Finds the share that the tenth, hundredth and thousandth best document of a list has at least.
///
/// A histogram of 1,024 classes: what it gives is too low by less than 1/1,024.
struct ImpactRanking: ~Copyable {
  private static let classCount = 1_024
  /// Classes that are passed over at once where they have too few documents.
  private static let stretch = 32
  private var counts = FixedBuffer<1_024, UInt32>(repeating: 0)
  private var isEmpty = true

  /// Adds the share of a document.
  mutating func add(_ share: Double) {
    counts[min(Self.classCount - 1, Int(share * Double(Self.classCount)))] += 1
    isEmpty = false
  }

  /// Adds the first `count` documents of a block, and returns the greatest share of one.
  mutating func add(
    _ documents: borrowing IntegerBlock, occurrences: borrowing IntegerBlock, count: Int, normalizations: [Double]
  ) -> Double {
    isEmpty = false
    return rankShares(
      documents: documents, occurrences: occurrences, count: count, normalizations: normalizations, counts: &counts)
  }

  /// What the document at each of ``Impact/ranks`` has at least, as two bytes; 0 where there are fewer documents.
  ///
  /// Complexity: O(1), some hundred steps.
  var leastShares: [UInt16] {
    let counts = counts.span
    var shares = [UInt16](repeating: 0, count: Impact.ranks.count)
    var seen = 0
    var next = 0
    var end = Self.classCount
    while end > 0, next < shares.count {
      let start = end - Self.stretch
      var sum: UInt32 = 0
      for index in start..<end { sum &+= counts[index] }
      if seen + Int(sum) < Impact.ranks[next] {
        seen += Int(sum)
      } else {
        for index in stride(from: end - 1, through: start, by: -1) {
          seen += Int(counts[index])
          while next < shares.count, seen >= Impact.ranks[next] {
            shares[next] = Impact.bytes(notAbove: Double(index) / Double(Self.classCount))
            next += 1
          }
        }
      }
      end = start
    }
    return shares
  }

  mutating func removeAll() {
    if isEmpty { return }
    counts.fill(0)
    isEmpty = true
  }
}
