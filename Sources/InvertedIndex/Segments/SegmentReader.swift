import BitKernels
import IndexStorage

/// One segment, open for reading. Immutable; its files stay readable even after they are unlinked.
package final class SegmentReader: Sendable {
  /// What the manifest says of it.
  package let info: SegmentInfo
  let indexID: UInt128
  /// What the index holds beside words.
  package let schema: IndexSchema
  /// The term dictionary.
  package let terms: TermsReader
  /// How many words each document has.
  package let lengths: DocumentLengths
  /// The average number of words of a document.
  package let averageLength: Double
  /// What BM25 makes of the lengths.
  package let normalizations: LengthNormalizations
  /// The posting lists of the terms.
  package let words: PostingLists
  /// The pairs of frequent words.
  package let pairs: PairsReader
  let layouts: LayoutReader
  let columns: ColumnsReader
  let identities: KeyTableReader<IdentityPayload>
  let summaries: StoreReader
  let texts: StoreReader?
  private let days: ColumnReader
  private let seconds: ColumnReader
  private let datePrecisions: ColumnReader
  private let storeOrdinals: ColumnReader
  private let identityRanks: ColumnReader
  private let contentHashes: ColumnReader
  /// The documents that have a date; they come first.
  package let datedCount: Int
  /// The documents that are deleted; nil where none is.
  package let deleted: DeletedDocuments?

  /// Opens the files that the manifest names for the segment, and checks that they fit together.
  init(directory: any Directory, indexID: UInt128, schema: IndexSchema, info: SegmentInfo) throws(StorageError) {
    self.info = info
    self.indexID = indexID
    self.schema = schema
    func open(_ file: SegmentFile) throws(StorageError) -> CheckedFile {
      guard file.rawValue < info.files.count else {
        throw .corrupt(file: file.name(ofSegment: info.id), offset: nil, reason: "the manifest does not name it")
      }
      let opened = try CheckedFile(
        directory: directory, name: file.name(ofSegment: info.id),
        identity: file.identity(indexID: indexID, segmentID: info.id), expected: info.files[file.rawValue])
      guard opened.formatVersion == SegmentFile.formatVersion else {
        throw .olderVersion(
          file: opened.name, version: Int(opened.formatVersion), supported: Int(SegmentFile.formatVersion))
      }
      return opened
    }
    terms = try TermsReader(file: try open(.terms))
    layouts = try LayoutReader(file: try open(.layout))
    columns = try ColumnsReader(file: try open(.columns))
    identities = try KeyTableReader(file: try open(.identities))
    summaries = try StoreReader(file: try open(.summaries))
    texts = schema.storesText ? try StoreReader(file: try open(.texts)) : nil
    days = try columns.column(.day)
    seconds = try columns.column(.second)
    datePrecisions = try columns.column(.datePrecision)
    storeOrdinals = try columns.column(.storeOrdinal)
    identityRanks = try columns.column(.identityRank)
    contentHashes = try columns.column(.contentHash)
    let count = info.documentCount
    guard columns.documentCount == count, identities.keyCount == count, layouts.documentCount == count,
      summaries.recordCount >= count, (texts?.recordCount ?? summaries.recordCount) == summaries.recordCount
    else { throw columns.file.corrupt(at: 0, "the files of the segment have different numbers of documents") }
    var further: [[UInt32]] = []
    for field in 0..<schema.furtherFieldCount {
      further.append(try columns.column(.firstFurtherLength, plus: field).values32())
    }
    lengths = DocumentLengths(total: try columns.column(.length).values32(), further: further)
    try lengths.check(against: info.wordCounts, file: columns.file)
    pairs = try PairsReader(file: try open(.pairs), postings: try open(.pairPostings), lengths: lengths)
    averageLength = lengths.average
    words = PostingLists(postings: try open(.postings), positions: try open(.positions), lengths: lengths)
    normalizations = LengthNormalizations(lengths)
    if let deletions = info.deletions {
      let deleted = try DeletionsFormat.read(
        deletions.file, ofSegment: info.id, documentCount: count, indexID: indexID, from: directory)
      guard deleted.count == deletions.count else {
        throw .corrupt(file: deletions.file.name, offset: nil, reason: "the manifest counts other deletions")
      }
      self.deleted = deleted
    } else {
      deleted = nil
    }
    let precisions = datePrecisions
    datedCount = try SegmentReader.firstIndex(in: 0..<count) { (document) throws(StorageError) in
      try precisions.value(document) == Column.undated
    }
  }

  /// The same segment with other deletions: its files stay open, and what is known of them is shared.
  init(_ other: SegmentReader, info: SegmentInfo, deleted: DeletedDocuments?) {
    self.info = info
    self.deleted = deleted
    indexID = other.indexID
    schema = other.schema
    terms = other.terms
    lengths = other.lengths
    averageLength = other.averageLength
    normalizations = other.normalizations
    words = other.words
    pairs = other.pairs
    layouts = other.layouts
    columns = other.columns
    identities = other.identities
    summaries = other.summaries
    texts = other.texts
    days = other.days
    seconds = other.seconds
    datePrecisions = other.datePrecisions
    storeOrdinals = other.storeOrdinals
    identityRanks = other.identityRanks
    contentHashes = other.contentHashes
    datedCount = other.datedCount
  }

  /// The number of documents, deleted ones included.
  package var documentCount: Int { info.documentCount }
  /// The number of documents that are not deleted.
  package var liveCount: Int { documentCount - (deleted?.count ?? 0) }

  /// Whether a document is not deleted.
  package func isLive(_ document: Int) -> Bool { deleted.map { !$0.contains(document) } ?? true }

  // MARK: Documents

  /// The document with an id, or nil where none has it that is not deleted.
  package func document(withID id: String) throws(StorageError) -> Int? {
    guard let found = try identities.find(id.utf8Span.span) else { return nil }
    guard found.payload.document < documentCount else {
      throw identities.file.corrupt(at: 0, "an id names a document past the end of its segment")
    }
    return isLive(Int(found.payload.document)) ? Int(found.payload.document) : nil
  }

  /// The bytes of a document's id.
  package func idBytes(_ document: Int) throws(StorageError) -> [UInt8] {
    let rank = try identityRanks.value(document)
    guard rank < UInt64(documentCount) else { throw columns.file.corrupt(at: 0, "a document's id is past the table of ids") }
    return try identities.key(Int(rank))
  }

  /// A document's id.
  package func id(_ document: Int) throws(StorageError) -> String { String(decoding: try idBytes(document), as: UTF8.self) }

  /// A document's date, or nil.
  package func date(_ document: Int) throws(StorageError) -> DocumentDate? {
    let precision = try datePrecisions.value(document)
    guard precision != Column.undated else { return nil }
    return DocumentDate(
      day: try day(document), second: try second(document), precision: UInt8(truncatingIfNeeded: precision))
  }

  /// The order of a document in time; the smallest number for an undated one.
  package func sortKey(_ document: Int) throws(StorageError) -> Int64 {
    guard document < datedCount else { return .min }
    return DocumentDate(day: try day(document), second: try second(document), precision: 0).sortKey
  }

  /// The first and last day on which a document's date starts, or nil where all are undated.
  func dayRange() throws(StorageError) -> ClosedRange<Int32>? {
    guard datedCount > 0 else { return nil }
    let (first, last) = (try day(datedCount - 1), try day(0))
    guard first <= last else { throw columns.file.corrupt(at: 0, "documents do not lie newest first") }
    return first...last
  }

  private func day(_ document: Int) throws(StorageError) -> Int32 {
    let day = try days.signedValue(document)
    guard DocumentDate.days.contains(day) else { throw columns.file.corrupt(at: 0, "document \(document) has an impossible day") }
    return Int32(day)
  }

  private func second(_ document: Int) throws(StorageError) -> Int32 {
    let second = try seconds.value(document)
    guard second < 86_400 else { throw columns.file.corrupt(at: 0, "document \(document) has an impossible time") }
    return Int32(second)
  }

  /// The hash of an article's content that it was added with.
  package func contentHash(_ document: Int) throws(StorageError) -> UInt64 { try contentHashes.value(document) }

  func storeOrdinal(_ document: Int) throws(StorageError) -> Int {
    let ordinal = try storeOrdinals.value(document)
    guard ordinal < UInt64(summaries.recordCount) else {
      throw columns.file.corrupt(at: 0, "a document's stored record is past the store")
    }
    return Int(ordinal)
  }

  /// What a result list shows of a document.
  package func summary(
    _ document: Int, _ decompressor: Decompressor = Decompressor()
  ) throws(StorageError) -> DocumentSummary {
    try DocumentSummary.read(
      try summaries.record(try storeOrdinal(document), decompressor), schema: schema, file: summaries.file.name)
  }

  /// The stored text of a document's main field, or nil where the index keeps none.
  package func text(
    _ document: Int, _ decompressor: Decompressor = Decompressor()
  ) throws(StorageError) -> String? {
    guard let texts else { return nil }
    return String(decoding: try texts.record(try storeOrdinal(document), decompressor), as: UTF8.self)
  }

  // MARK: Filters

  /// The documents whose date starts on one of these days: a range, because documents lie newest first.
  ///
  /// Complexity: O(log documents).
  package func documents(startingIn range: ClosedRange<Int32>) throws(StorageError) -> Range<Int> {
    let days = days
    let first = try SegmentReader.firstIndex(in: 0..<datedCount) { (document) throws(StorageError) in
      try days.signedValue(document) <= Int64(range.upperBound)
    }
    let end = try SegmentReader.firstIndex(in: first..<datedCount) { (document) throws(StorageError) in
      try days.signedValue(document) < Int64(range.lowerBound)
    }
    return first..<end
  }

  /// Whether any document may have a date that is known no more finely than `precision`.
  package func mayHaveDates(to precision: UInt8) -> Bool { datePrecisions.base <= UInt64(precision) }

  /// The documents of a range whose date is known no more finely than `precision`, ascending.
  ///
  /// Complexity: O(documents of the range), or O(1) where the whole segment is dated more finely.
  package func documents(in range: Range<Int>, datedTo precision: UInt8) throws(StorageError) -> [Int] {
    guard mayHaveDates(to: precision) else { return [] }
    var documents: [Int] = []
    try datePrecisions.forEach(in: range) { document, value in
      if value <= UInt64(precision) { documents.append(document) }
    }
    return documents
  }

  /// A predicate on one keyword column: the ordinal of a value, or nil where no document has it.
  package func keywordCondition(field: Int, value: String) throws(StorageError) -> KeywordCondition? {
    guard let ordinal = try columns.keywordValues(field).ordinal(of: value.utf8Span.span) else { return nil }
    return KeywordCondition(column: try columns.column(.firstKeyword, plus: field), code: UInt64(ordinal + 1))
  }

  /// The first index for which a condition that turns from false to true holds, or the end.
  static func firstIndex(
    in range: Range<Int>, where condition: (Int) throws(StorageError) -> Bool
  ) throws(StorageError) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if try condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Which documents of a segment hold a keyword value.
package struct KeywordCondition: Sendable {
  let column: ColumnReader
  let code: UInt64

  /// Whether a document holds the value.
  package func matches(_ document: Int) throws(StorageError) -> Bool { try column.value(document) == code }

  /// Calls `body` with each matching document of a range, ascending.
  ///
  /// Complexity: O(documents of the range).
  package func forEachMatch(in documents: Range<Int>, _ body: (_ document: Int) -> Void) throws(StorageError) {
    let code = code
    try column.forEach(in: documents) { document, value in
      if value == code { body(document) }
    }
  }
}
