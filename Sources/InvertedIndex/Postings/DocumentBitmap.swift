/// A set of documents of one segment: document i as bit i.
@usableFromInline
package struct DocumentBitmap: Sendable {
  /// The bits of the set, 64 to a word.
  @usableFromInline package private(set) var present: [UInt64]

  /// No document of so many.
  init(documentCount: Int) { present = Array(repeating: 0, count: (documentCount + 63) / 64) }

  /// The documents of a segment that are not deleted.
  package init(allBut deleted: DeletedDocuments) {
    present = deleted.bits.map { ~$0 }
    let past = deleted.documentCount & 63
    if past > 0, let last = present.indices.last { present[last] &= (1 << UInt64(past)) - 1 }
  }

  mutating func insert(_ document: UInt32) { present[Int(document >> 6)] |= 1 << UInt64(document & 63) }

  /// Whether a document is in the set.
  @inlinable
  package func contains(_ document: UInt32) -> Bool {
    present[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1
  }
}
