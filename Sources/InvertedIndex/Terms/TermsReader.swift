import IndexStorage

/// The term dictionary of a segment.
package struct TermsReader: Sendable {
  let table: KeyTableReader<TermEntry>

  init(file: CheckedFile) throws(StorageError) { table = try KeyTableReader(file: file) }

  /// The number of different terms.
  package var termCount: Int { table.keyCount }

  /// What the dictionary knows about a term, or nil.
  ///
  /// Complexity: O(log terms).
  package func find(_ term: String) throws(StorageError) -> TermEntry? {
    try table.find(term.utf8Span.span)?.payload
  }
}
