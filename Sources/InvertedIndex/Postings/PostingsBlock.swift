/// The documents of a block and how often a term occurs in each.
package struct PostingsBlock: ~Escapable {
  /// Ascending.
  package let documents: Span<UInt32>
  /// At least 1 each.
  package let occurrences: Span<UInt32>

  @_lifetime(copy documents, copy occurrences)
  init(documents: Span<UInt32>, occurrences: Span<UInt32>) {
    self.documents = documents
    self.occurrences = occurrences
  }
}
