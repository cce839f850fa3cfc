/// The documents of a word: document i as bit i; and how often each has it, up to a few times.
@usableFromInline
package struct DocumentBitmap: Sendable {
  /// Those that contain the word.
  @usableFromInline package private(set) var present: [UInt64]
  /// Occurrences less 1, at most 3, in two bits: words of the low bit at even places, of the high bit at odd ones.
  @usableFromInline private(set) var further: [UInt64]

  /// Occurrences that are told exactly are fewer.
  @inlinable package static var manyOccurrences: UInt32 { 4 }

  /// No document of so many.
  init(documentCount: Int) {
    let wordCount = (documentCount + 63) / 64
    present = Array(repeating: 0, count: wordCount)
    further = Array(repeating: 0, count: 2 * wordCount)
  }

  /// The documents of a segment that are not deleted; how often each has a word is not for them to say.
  package init(allBut deleted: DeletedDocuments) {
    present = deleted.bits.map { ~$0 }
    further = []
    let past = deleted.documentCount & 63
    if past > 0, let last = present.indices.last { present[last] &= (1 << UInt64(past)) - 1 }
  }

  /// The bytes that a bitmap of so many documents takes.
  static func byteCount(documentCount: Int) -> Int { (documentCount + 63) / 64 * 24 }

  mutating func insert(_ documents: Span<UInt32>, _ occurrences: Span<UInt32>) {
    for index in documents.indices {
      let word = Int(documents[index] >> 6)
      let bit = UInt64(documents[index] & 63)
      let count = UInt64(min(occurrences[index], DocumentBitmap.manyOccurrences) - 1)
      present[word] |= 1 << bit
      further[2 * word] |= (count & 1) << bit
      further[2 * word + 1] |= (count >> 1) << bit
    }
  }

  /// Whether a document contains the word.
  @inlinable
  package func contains(_ document: UInt32) -> Bool {
    present[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1
  }

  /// How often a document that contains the word does; ``manyOccurrences`` stands for that many and more.
  @inlinable
  package func occurrences(in document: UInt32) -> UInt32 {
    let word = 2 * Int(document >> 6)
    let bit = UInt64(document & 63)
    return 1 + UInt32(truncatingIfNeeded: further[word] &>> bit & 1 | (further[word + 1] &>> bit & 1) << 1)
  }
}
