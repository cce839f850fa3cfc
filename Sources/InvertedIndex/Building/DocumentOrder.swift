/// The order of documents in a segment: newest first, undated last, ties by id.
struct DocumentOrder {
  /// The arrival number of each document.
  let old: [UInt32]
  /// The document of each arrival number.
  let new: [UInt32]
  /// Whether documents came in their final order.
  let isIdentity: Bool

  init(old: [UInt32]) {
    self.old = old
    var new = [UInt32](repeating: 0, count: old.count)
    var isIdentity = true
    for (document, arrival) in old.enumerated() {
      new[Int(arrival)] = UInt32(document)
      if arrival != document { isIdentity = false }
    }
    self.new = new
    self.isIdentity = isIdentity
  }

  var count: Int { old.count }
}
