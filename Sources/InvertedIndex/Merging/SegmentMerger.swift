import BitKernels
import IndexStorage

/// Merges segments into one, a structure at a time, each in one sequential pass over its sources.
///
/// Memory: a few numbers for each document, one block for each source, and what pairs may take; it does not grow with the text.
package struct SegmentMerger: Sendable {
  private let segments: [SegmentReader]
  private let files: SegmentFilesWriter
  private let schema: IndexSchema
  private let memoryByteCount: Int

  /// A merger of segments of one index into a new segment of it.
  ///
  /// - Parameter memoryByteCount: what the pairs of frequent words may take while they are gathered.
  package init(
    _ segments: [SegmentReader], directory: any Directory, indexID: UInt128, segmentID: UInt64, schema: IndexSchema,
    memoryByteCount: Int
  ) {
    precondition(!segments.isEmpty, "there is nothing to merge")
    self.segments = segments
    self.schema = schema
    self.memoryByteCount = memoryByteCount
    files = SegmentFilesWriter(directory: directory, indexID: indexID, segmentID: segmentID, schema: schema)
  }

  /// Writes the merged segment's files, synced, and opens them. After an error the files are gone.
  func mergedSegment() throws(StorageError) -> SegmentReader {
    try SegmentReader(directory: files.directory, indexID: files.indexID, schema: schema, info: try merge())
  }

  /// Writes the merged segment's files, synced, and returns what the manifest is to say of it. After an error the files are gone.
  package func merge() throws(StorageError) -> SegmentInfo {
    do throws(StorageError) {
      return try writeFiles()
    } catch {
      SegmentFile.removeAll(ofNumber: files.segmentID, from: files.directory)
      throw error
    }
  }

  private func writeFiles() throws(StorageError) -> SegmentInfo {
    let order = try MergedOrder(segments)
    let count = order.sources.count
    let lengths = DocumentLengths(
      total: order.sources.map { segments[$0.segment].lengths.total[$0.document] },
      further: (0..<schema.furtherFieldCount).map { field in
        order.sources.map { segments[$0.segment].lengths.further[field][$0.document] }
      })
    let inverted = try mergeInvertedFiles(order, lengths)
    let pairs = try files.writePairs(of: inverted, lengths: lengths, memoryByteCount: memoryByteCount)
    let layout = try files.writeLayout(documentCount: count) { (document) throws(StorageError) in
      let source = order.sources[document]
      let record = try segments[source.segment].layouts.record(source.document)
      return record[...]
    }
    var identities = try files.makeIdentities()
    try MergedOrder.walkIdentities(segments) { (_, segment, document, id) throws(StorageError) in
      try identities.append(id, document: order.numbers[segment][document])
    }
    let identitiesFile = try identities.finish()
    var records: [KeptRecords] = []
    for segment in segments { records.append(try KeptRecords(of: segment)) }
    let columns = try mergeColumns(order, records)
    let summaries = try mergeStores(.summaries, records, blockByteCount: StoreFormat.summaryBlockByteCount) { $0.summaries }
    var all = [
      inverted.terms, inverted.postings, inverted.positions, layout, columns, identitiesFile, summaries, pairs.pairs,
      pairs.postings,
    ]
    if schema.storesText {
      all.append(try mergeStores(.texts, records, blockByteCount: StoreFormat.textBlockByteCount) { $0.texts })
    }
    return SegmentInfo(
      id: files.segmentID, documentCount: count, wordCounts: lengths.wordCounts, days: try days(order), files: all)
  }

  /// The first and last day on which a date starts: newest documents come first, undated ones last.
  private func days(_ order: MergedOrder) throws(StorageError) -> ClosedRange<Int32>? {
    func day(_ source: (segment: Int, document: Int)) throws(StorageError) -> Int32? {
      try segments[source.segment].date(source.document)?.day
    }
    guard let newest = order.sources.first, let last = try day(newest) else { return nil }
    let dated = try SegmentReader.firstIndex(in: 0..<order.sources.count) { (document) throws(StorageError) in
      try day(order.sources[document]) == nil
    }
    let first = try day(order.sources[dated - 1]) ?? last
    guard first <= last else { throw segments[0].columns.file.corrupt(at: 0, "documents do not lie newest first") }
    return first...last
  }

  // MARK: Words

  private func mergeInvertedFiles(
    _ order: MergedOrder, _ lengths: DocumentLengths
  ) throws(StorageError) -> (terms: FileSummary, postings: FileSummary, positions: FileSummary) {
    var output = try files.makeInvertedFiles(lengths: lengths)
    var cursors = segments.map { KeyTableCursor($0.terms.table) }
    var hasTerm: [Bool] = []
    for index in cursors.indices { hasTerm.append(try cursors[index].advance()) }
    var merge = PostingsMerge(order: order)
    var termsSinceRelease = 0
    while let first = smallest(cursors, hasTerm) {
      let term = Array(cursors[first].key)
      for index in cursors.indices where hasTerm[index] && cursors[index].key.elementsEqual(term) {
        try merge.read(cursors[index].payload, of: segments[index], number: index)
      }
      if let entry = try merge.write(to: &output.postings) { try output.terms.append(term, entry) }
      termsSinceRelease += 1
      let releases = termsSinceRelease == 1 << 12
      if releases { termsSinceRelease = 0 }
      for index in cursors.indices where hasTerm[index] && cursors[index].key.elementsEqual(term) {
        if releases { segments[index].words.release(before: cursors[index].payload) }
        hasTerm[index] = try cursors[index].advance()
      }
    }
    return try output.finish()
  }

  private func smallest(_ cursors: [KeyTableCursor<TermEntry>], _ hasTerm: [Bool]) -> Int? {
    var best: Int?
    for index in cursors.indices where hasTerm[index] {
      if let current = best, !cursors[index].key.lexicographicallyPrecedes(cursors[current].key) { continue }
      best = index
    }
    return best
  }

  // MARK: Columns and stores

  private func mergeColumns(_ order: MergedOrder, _ records: [KeptRecords]) throws(StorageError) -> FileSummary {
    var firstOrdinals: [Int] = []
    var ordinal = 0
    for kept in records {
      firstOrdinals.append(ordinal)
      ordinal += kept.count
    }
    var keywords: [MergedKeywords] = []
    for field in schema.keywordFields.indices { keywords.append(try MergedKeywords(segments, field: field)) }
    let mainField = schema.furtherFieldCount
    return try files.writeColumns(
      documentCount: order.sources.count, fieldCount: schema.textFields.count,
      row: { (document) throws(StorageError) in
        let source = order.sources[document]
        let segment = segments[source.segment]
        let storeOrdinal = records[source.segment].place(of: try segment.storeOrdinal(source.document))
        let date = try segment.date(source.document)
        let hash = try segment.contentHash(source.document)
        return DocumentRow(
          date: date, storeOrdinal: UInt64(firstOrdinals[source.segment] + storeOrdinal),
          identityRank: UInt64(order.identityRanks[source.segment][source.document]), contentHash: hash)
      },
      length: { (field, document) throws(StorageError) in
        let source = order.sources[document]
        let lengths = segments[source.segment].lengths
        if field < mainField { return UInt64(lengths.further[field][source.document]) }
        var length = UInt64(lengths.total[source.document])
        for further in lengths.further {
          let part = UInt64(further[source.document])
          guard part <= length else {
            throw .corrupt(
              file: segments[source.segment].columns.file.name, offset: nil, reason: "a field is longer than its document")
          }
          length -= part
        }
        return length
      },
      keyword: { (field, document) throws(StorageError) in
        let source = order.sources[document]
        return try keywords[field].code(segment: source.segment, document: source.document)
      },
      keywordValues: keywords.map(\.values))
  }

  private func mergeStores(
    _ file: SegmentFile, _ records: [KeptRecords], blockByteCount: Int, store: (SegmentReader) -> StoreReader?
  ) throws(StorageError) -> FileSummary {
    let writer = StoreWriter(file: try files.makeFile(file), blockByteCount: blockByteCount)
    for (segment, kept) in zip(segments, records) {
      guard let source = store(segment) else { continue }
      if let ordinals = kept.ordinals {
        try writer.append(ordinals, of: source)
      } else {
        try writer.append(copyOf: source)
      }
    }
    return try writer.finish()
  }
}
