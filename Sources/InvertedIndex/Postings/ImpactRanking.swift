/// Finds the share that the tenth, hundredth and thousandth best document of a list has at least.
///
/// A histogram of 1,024 classes: what it gives is too low by less than 1/1,024.
struct ImpactRanking {
  private static let classCount = 1_024
  private var counts = [UInt32](repeating: 0, count: classCount)
  private var isEmpty = true

  mutating func add(_ share: Double) {
    counts[min(Self.classCount - 1, Int(share * Double(Self.classCount)))] += 1
    isEmpty = false
  }

  /// What the document at each of ``Impact/ranks`` has at least, as two bytes; 0 where there are fewer documents.
  var leastShares: [UInt16] {
    var shares = [UInt16](repeating: 0, count: Impact.ranks.count)
    var seen = 0
    var next = 0
    for index in stride(from: Self.classCount - 1, through: 0, by: -1) {
      seen += Int(counts[index])
      while next < shares.count, seen >= Impact.ranks[next] {
        shares[next] = Impact.bytes(notAbove: Double(index) / Double(Self.classCount))
        next += 1
      }
      if next == shares.count { break }
    }
    return shares
  }

  mutating func removeAll() {
    if isEmpty { return }
    for index in counts.indices { counts[index] = 0 }
    isEmpty = true
  }
}
