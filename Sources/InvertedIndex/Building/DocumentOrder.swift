/// The order of documents in a segment: newest first, undated last, ties by id.
struct DocumentOrder {
  /// The arrival number of each document.
  let old: [UInt32]
  /// The document of each arrival number; ``none`` where it was replaced or deleted before it was written.
  let new: [UInt32]
  /// Whether documents came in their final order.
  let isIdentity: Bool

  static let none = UInt32.max

  /// - Parameter arrivalCount: the number of arrivals; those that are not among `old` are left out.
  init(old: [UInt32], arrivalCount: Int) {
    self.old = old
    var new = [UInt32](repeating: Self.none, count: arrivalCount)
    var isIdentity = arrivalCount == old.count
    for (document, arrival) in old.enumerated() {
      new[Int(arrival)] = UInt32(document)
      if arrival != document { isIdentity = false }
    }
    self.new = new
    self.isIdentity = isIdentity
  }

  var count: Int { old.count }
}
