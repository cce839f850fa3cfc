/// The documents of a word: document i as bit i.
@usableFromInline
package struct DocumentBitmap: Sendable {
  /// Those that contain the word.
  @usableFromInline package private(set) var present: [UInt64]
  /// Those that contain it more than once.
  @usableFromInline private(set) var repeated: [UInt64]

  /// No document of so many.
  init(documentCount: Int) {
    present = Array(repeating: 0, count: (documentCount + 63) / 64)
    repeated = present
  }

  mutating func insert(_ documents: Span<UInt32>, _ occurrences: Span<UInt32>) {
    for index in documents.indices {
      let document = documents[index]
      present[Int(document >> 6)] |= 1 << UInt64(document & 63)
      if occurrences[index] > 1 { repeated[Int(document >> 6)] |= 1 << UInt64(document & 63) }
    }
  }

  /// Whether a document contains the word.
  @inlinable
  package func contains(_ document: UInt32) -> Bool {
    present[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1
  }

  /// Whether a document contains it more than once.
  @inlinable
  package func repeats(_ document: UInt32) -> Bool {
    repeated[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1
  }
}
