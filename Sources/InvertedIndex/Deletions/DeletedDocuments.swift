/// The documents of a segment that are deleted: document i as bit i.
package struct DeletedDocuments: Hashable, Sendable {
  /// The documents of the segment, deleted or not.
  package let documentCount: Int
  /// Bits past the last document are 0.
  package private(set) var bits: [UInt64]
  /// The number of deleted documents.
  package private(set) var count = 0

  /// None of a segment's documents.
  init(documentCount: Int) {
    self.documentCount = documentCount
    bits = Array(repeating: 0, count: (documentCount + 63) / 64)
  }

  /// Deleted documents as read from a file; `bits` has one bit for each document, and none past the last.
  init(documentCount: Int, bits: [UInt64]) {
    self.documentCount = documentCount
    self.bits = bits
    count = bits.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// Whether a document is deleted.
  package func contains(_ document: Int) -> Bool { bits[document >> 6] >> UInt64(document & 63) & 1 == 1 }

  /// Deletes a document; false where it is deleted already.
  mutating func insert(_ document: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(document & 63)
    if bits[document >> 6] & bit != 0 { return false }
    bits[document >> 6] |= bit
    count += 1
    return true
  }
}
