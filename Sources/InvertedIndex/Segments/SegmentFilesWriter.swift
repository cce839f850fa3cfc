import IndexStorage

/// Opens and fills the files of one segment; building and merging both write through it, so a segment looks the same whichever
/// made it.
struct SegmentFilesWriter {
  let directory: any Directory
  let indexID: UInt128
  let segmentID: UInt64
  let schema: IndexSchema

  /// A new file of the segment.
  func makeFile(_ file: SegmentFile) throws(StorageError) -> CheckedFileWriter {
    try CheckedFileWriter(
      directory: directory, name: file.name(ofSegment: segmentID),
      identity: file.identity(indexID: indexID, segmentID: segmentID))
  }

  /// The dictionary with the postings and positions it points at.
  struct InvertedFiles: ~Copyable {
    var terms: TermsWriter
    var postings: PostingsWriter

    mutating func finish() throws(StorageError) -> (terms: FileSummary, postings: FileSummary, positions: FileSummary) {
      let lists = try postings.finish()
      guard let positions = lists.positions else { preconditionFailure("words have positions") }
      return (try terms.finish(), lists.postings, positions)
    }
  }

  func makeInvertedFiles(lengths: DocumentLengths) throws(StorageError) -> InvertedFiles {
    InvertedFiles(
      terms: TermsWriter(file: try makeFile(.terms)),
      postings: PostingsWriter(file: try makeFile(.postings), positions: try makeFile(.positions), lengths: lengths))
  }

  /// Writes the pairs of frequent words, which follow from the dictionary, postings and positions just written.
  func writePairs(
    of words: (terms: FileSummary, postings: FileSummary, positions: FileSummary), lengths: DocumentLengths, memoryByteCount: Int
  ) throws(StorageError) -> (pairs: FileSummary, postings: FileSummary) {
    let lists = PostingLists(
      postings: try open(.postings, words.postings), positions: try open(.positions, words.positions), lengths: lengths)
    return try writePairs(
      of: try TermsReader(file: try open(.terms, words.terms)), lists: lists, memoryByteCount: memoryByteCount)
  }

  /// As above, of words that are open.
  func writePairs(
    of terms: TermsReader, lists: PostingLists, memoryByteCount: Int
  ) throws(StorageError) -> (pairs: FileSummary, postings: FileSummary) {
    let words = schema.indexesPairs ? try FrequentWords(of: terms, documentCount: lists.documentCount) : FrequentWords()
    var builder = PairsBuilder(of: words, lists: lists, memoryByteCount: memoryByteCount)
    return try builder.write(to: self)
  }

  private func open(_ file: SegmentFile, _ summary: FileSummary) throws(StorageError) -> CheckedFile {
    try CheckedFile(
      directory: directory, name: summary.name, identity: file.identity(indexID: indexID, segmentID: segmentID),
      expected: summary)
  }

  /// Writes the layout records, which `record` gives in document order.
  func writeLayout(
    documentCount: Int, record: (_ document: Int) throws(StorageError) -> ArraySlice<UInt8>
  ) throws(StorageError) -> FileSummary {
    var writer = LayoutWriter(file: try makeFile(.layout))
    for document in 0..<documentCount {
      let bytes = try record(document)
      try writer.append(bytes.span)
    }
    return try writer.finish()
  }

  /// Writes the table of ids, ascending.
  struct IdentitiesWriter {
    let file: CheckedFileWriter
    var table: KeyTableWriter

    mutating func append(_ id: some RandomAccessCollection<UInt8>, document: UInt32) throws(StorageError) {
      try table.append(id) { writer, _ in writer.appendVarint(UInt64(document)) }
    }

    mutating func finish() throws(StorageError) -> FileSummary {
      try table.end()
      return try file.finish()
    }
  }

  func makeIdentities() throws(StorageError) -> IdentitiesWriter {
    let file = try makeFile(.identities)
    return IdentitiesWriter(file: file, table: KeyTableWriter(file: file))
  }

  /// Writes all columns. The closures are asked for every document, in document order, more than once.
  ///
  /// - Parameters:
  ///   - length: the words of a text field.
  ///   - keyword: the rank of a keyword field's value among `keywordValues`, plus 1; 0 for none.
  ///   - keywordValues: the values of each keyword field, ascending.
  func writeColumns(
    documentCount: Int, fieldCount: Int, row: (_ document: Int) throws(StorageError) -> DocumentRow,
    length: (_ field: Int, _ document: Int) throws(StorageError) -> UInt64,
    keyword: (_ field: Int, _ document: Int) throws(StorageError) -> UInt64, keywordValues: [[[UInt8]]]
  ) throws(StorageError) -> FileSummary {
    var writer = ColumnsWriter(file: try makeFile(.columns), documentCount: documentCount)
    try writer.append(.length) { (document) throws(StorageError) in
      var total: UInt64 = 0
      for field in 0..<fieldCount { total += try length(field, document) }
      return total
    }
    for field in 0..<fieldCount - 1 {
      try writer.append(.firstFurtherLength, plus: field) { (document) throws(StorageError) in try length(field, document) }
    }
    var oldestDay = Int32.max
    for document in 0..<documentCount {
      let day = try row(document).day(orElse: .max)
      oldestDay = min(oldestDay, Int32(day))
    }
    let dayOfUndated = oldestDay
    try writer.append(.day) { (document) throws(StorageError) in
      UInt64(bitPattern: try row(document).day(orElse: dayOfUndated)) ^ (1 << 63)
    }
    try writer.append(.second) { (document) throws(StorageError) in try row(document).second }
    try writer.append(.datePrecision) { (document) throws(StorageError) in try row(document).datePrecision }
    try writer.append(.storeOrdinal) { (document) throws(StorageError) in try row(document).storeOrdinal }
    try writer.append(.identityRank) { (document) throws(StorageError) in try row(document).identityRank }
    try writer.append(.contentHash) { (document) throws(StorageError) in try row(document).contentHash }
    for field in keywordValues.indices {
      try writer.append(.firstKeyword, plus: field) { (document) throws(StorageError) in try keyword(field, document) }
      try writer.appendKeywords(keywordValues[field])
    }
    return try writer.finish()
  }
}
