import IndexStorage

/// Writes the term dictionary front to back.
struct TermsWriter {
  private let file: CheckedFileWriter
  private var table: KeyTableWriter
  private var previous: TermEntry?

  init(file: CheckedFileWriter) {
    self.file = file
    table = KeyTableWriter(file: file)
  }

  /// Appends a term, which must be greater than the one before by its bytes.
  mutating func append(_ term: some RandomAccessCollection<UInt8>, _ entry: TermEntry) throws(StorageError) {
    var entry = entry
    var base = previous
    try table.append(term) { writer, startsBlock in
      if startsBlock { base = nil }
      // An entry that states no place hands on that of the entry before, as the reader does.
      if entry.documentCount == 1 { entry.postingsOffset = base?.postingsOffset ?? 0 }
      if entry.isInline { entry.positionsOffset = base?.positionsOffset ?? 0 }
      entry.write(to: &writer, previous: base)
    }
    previous = entry
  }

  /// Completes the dictionary and its file.
  mutating func finish() throws(StorageError) -> FileSummary {
    try table.end()
    return try file.finish()
  }
}
