import IndexStorage

/// Reads the articles of a damaged segment from what is whole of it, a page at a time.
///
/// An article takes its id from the table of ids, its date and its place in the stores from the columns, title and keywords from the
/// summaries, and its text from the texts. The other six files follow from these and are not looked at. Where any of the five is
/// damaged at the article's own place, the article is lost: nothing is made up.
package struct SegmentSalvage {
  /// What became of a document.
  package enum Outcome {
    case deleted
    case article(SalvagedArticle)
    case lost(LostArticle)
  }

  /// What the manifest says of the segment.
  package let info: SegmentInfo
  /// Whether it is known which documents were deleted; where it is not, none counts as deleted.
  package let knowsDeletions: Bool

  private let schema: IndexSchema
  private let columns: Result<ColumnsReader, StorageError>
  private let summaries: Result<StoreReader, StorageError>
  private let texts: Result<StoreReader, StorageError>
  private let deleted: DeletedDocuments?
  /// The id of each document, and why the others have none.
  private var ids: [String?]
  private var idError: StorageError?
  private let decompressor = Decompressor()

  /// Opens what can be opened of a segment. Never fails: what cannot be opened loses articles.
  init(_ info: SegmentInfo, of manifest: Manifest, in directory: any Directory) {
    func open<Reader>(
      _ file: SegmentFile, _ read: (CheckedFile) throws(StorageError) -> Reader
    ) -> Result<Reader, StorageError> {
      guard file.rawValue < info.files.count else {
        return .failure(.corrupt(file: file.name(ofSegment: info.id), offset: nil, reason: "the index does not store it"))
      }
      do throws(StorageError) {
        let identity = file.identity(indexID: manifest.indexID, segmentID: info.id)
        return .success(
          try read(
            try CheckedFile(
              salvaging: file.name(ofSegment: info.id), in: directory, identity: identity, expected: info.files[file.rawValue])))
      } catch { return .failure(error) }
    }
    self.info = info
    schema = manifest.schema
    columns = open(.columns) { (file) throws(StorageError) in
      let columns = try ColumnsReader(file: file)
      guard columns.documentCount == info.documentCount else { throw file.corrupt(at: 0, "it has other documents") }
      return columns
    }
    summaries = open(.summaries) { (file) throws(StorageError) in try StoreReader(file: file) }
    texts = open(.texts) { (file) throws(StorageError) in try StoreReader(file: file) }
    (deleted, knowsDeletions) = SegmentSalvage.deletions(of: info, manifest, directory)
    ids = Array(repeating: nil, count: info.documentCount)
    switch open(.identities, { (file) throws(StorageError) in try KeyTableReader<IdentityPayload>(file: file) }) {
    case .success(let table): readIDs(from: table)
    case .failure(let error): idError = error
    }
  }

  private static func deletions(
    of info: SegmentInfo, _ manifest: Manifest, _ directory: any Directory
  ) -> (deleted: DeletedDocuments?, isKnown: Bool) {
    guard let deletions = info.deletions else { return (nil, true) }
    let deleted = try? DeletionsFormat.read(
      deletions.file, ofSegment: info.id, documentCount: info.documentCount, indexID: manifest.indexID, from: directory)
    guard let deleted, deleted.count == deletions.count else { return (nil, false) }
    return (deleted, true)
  }

  private mutating func readIDs(from table: KeyTableReader<IdentityPayload>) {
    var block = KeyTableReader<IdentityPayload>.Block()
    for number in 0..<table.blockCount {
      do throws(StorageError) { try table.readBlock(number, into: &block) } catch {
        idError = error
        continue
      }
      for index in 0..<block.count {
        let document = Int(block.payloads[index].document)
        if document < ids.count { ids[document] = String(decoding: block.key(index), as: UTF8.self) }
      }
    }
  }

  /// What is left of a document, which must be below the segment's document count.
  package func document(_ document: Int) -> Outcome {
    if deleted?.contains(document) == true { return .deleted }
    do throws(StorageError) {
      guard let id = ids[document] else {
        throw idError
          ?? .corrupt(
            file: SegmentFile.identities.name(ofSegment: info.id), offset: nil, reason: "no id names the document")
      }
      let columns = try columns.get()
      let ordinal = try columns.column(.storeOrdinal).value(document)
      let date = try date(document, columns)
      let record = try self.record(ordinal, of: try summaries.get())
      let summary = try DocumentSummary.read(
        record, schema: schema, file: SegmentFile.summaries.name(ofSegment: info.id))
      let text = String(decoding: try self.record(ordinal, of: try texts.get()), as: UTF8.self)
      return .article(
        SalvagedArticle(
          id: id, date: date, summary: summary, text: text, contentHash: try? columns.column(.contentHash).value(document)))
    } catch {
      let problem = IndexVerifier.Problem(error)
      return .lost(loss(of: document, file: problem.file, reason: problem.reason))
    }
  }

  /// The loss of a document.
  package func loss(of document: Int, file: String, reason: String) -> LostArticle {
    LostArticle(id: ids[document], document: document, segmentID: info.id, file: file, reason: reason)
  }

  private func date(_ document: Int, _ columns: ColumnsReader) throws(StorageError) -> DocumentDate? {
    let precision = try columns.column(.datePrecision).value(document)
    guard precision != Column.undated else { return nil }
    let day = try columns.column(.day).signedValue(document)
    let second = try columns.column(.second).value(document)
    guard DocumentDate.days.contains(day), second < 86_400, precision < Column.undated else {
      throw columns.file.corrupt(at: 0, "document \(document) has an impossible date")
    }
    return DocumentDate(day: Int32(day), second: Int32(second), precision: UInt8(precision))
  }

  private func record(_ ordinal: UInt64, of store: StoreReader) throws(StorageError) -> [UInt8] {
    guard ordinal < UInt64(store.recordCount) else { throw store.file.corrupt(at: 0, "it has no record \(ordinal)") }
    return try store.record(Int(ordinal), decompressor)
  }
}
