import BitKernels
import IndexStorage

/// Gathers articles in memory and writes them as one segment.
///
/// For each article: `addField` once per text field in the order of the schema, then `endDocument`. Stored records go to disk
/// as they come; everything else waits for `flush`. Not for concurrent use: one task at a time has it.
package final class SegmentBuilder {
  private let directory: any Directory
  private let indexID: UInt128
  /// The id of the segment being built.
  package let segmentID: UInt64
  private let schema: IndexSchema

  private var words: OccurrenceBuffer
  private let memoryByteCount: Int
  private var columns: DocumentColumns
  private var layouts: [UInt8] = []
  private var layoutEnds: [Int] = []
  private let summaries: StoreWriter
  private let texts: StoreWriter?

  private var fieldLengths: [UInt32] = []
  private var scratch = ByteWriter()

  /// A builder of a segment whose words take at most about `memoryByteCount` bytes of memory.
  package init(
    directory: any Directory, indexID: UInt128, segmentID: UInt64, schema: IndexSchema, memoryByteCount: Int
  ) throws(StorageError) {
    self.directory = directory
    self.indexID = indexID
    self.segmentID = segmentID
    self.schema = schema
    self.memoryByteCount = memoryByteCount
    words = OccurrenceBuffer(byteCount: memoryByteCount)
    columns = DocumentColumns(schema: schema)
    func writer(_ file: SegmentFile) throws(StorageError) -> CheckedFileWriter {
      try CheckedFileWriter(
        directory: directory, name: file.name(ofSegment: segmentID),
        identity: file.identity(indexID: indexID, segmentID: segmentID))
    }
    summaries = StoreWriter(file: try writer(.summaries), blockByteCount: StoreFormat.summaryBlockByteCount)
    texts = schema.storesText ? StoreWriter(file: try writer(.texts), blockByteCount: StoreFormat.textBlockByteCount) : nil
  }

  /// The memory taken so far, without the unused part of what was planned.
  package var byteCount: Int {
    words.byteCount + columns.byteCount + layouts.capacity + 8 * layoutEnds.capacity
  }

  /// Whether another article of so many words fits into the planned memory.
  package func hasRoom(forWords count: Int) -> Bool { words.hasRoom(forWords: count) }

  /// Adds the words of the next text field: token i is `lengths[i]` bytes of `termBytes` from `offsets[i]`.
  package func addField(termBytes: Span<UInt8>, offsets: Span<UInt32>, lengths: Span<UInt8>) {
    words.add(termBytes: termBytes, offsets: offsets, lengths: lengths)
    fieldLengths.append(UInt32(offsets.count))
  }

  /// Ends the article under way.
  ///
  /// - Parameters:
  ///   - keywordForms: the compared form of each keyword field's value; nil where the article has none.
  ///   - text: the bytes of the main text field, kept if the schema says so.
  package func endDocument(
    date: DocumentDate?, keywordForms: [String?], summary: DocumentSummary, text: Span<UInt8>, layout: DocumentLayout
  ) throws(StorageError) {
    precondition(fieldLengths.count == schema.textFields.count, "an article has one field for each text field of the schema")
    columns.append(date: date, keywordForms: keywordForms, fieldLengths: fieldLengths)
    fieldLengths.removeAll(keepingCapacity: true)
    words.endDocument()
    scratch.removeAll()
    layout.write(to: &scratch)
    layouts.append(contentsOf: scratch.bytes)
    layoutEnds.append(layouts.count)
    scratch.removeAll()
    summary.write(to: &scratch)
    let record = scratch.bytes
    try summaries.append(record.span)
    try texts?.append(text)
  }

  /// Writes the segment's files, synced but not yet named by any manifest, and returns what the manifest is to say of it.
  ///
  /// The builder must not be used afterwards.
  ///
  /// - Parameter identities: those of the articles in the order in which they came; at least one must not be deleted.
  package consuming func flush(_ identities: ArticleIdentities) throws(StorageError) -> SegmentInfo {
    precondition(identities.count == columns.count, "every article of a segment has an id")
    let order = columns.documentOrder(of: identities)
    let files = SegmentFilesWriter(
      directory: directory, indexID: indexID, segmentID: segmentID, schema: schema)
    let lengths = columns.lengths(in: order)
    var invertedFiles = try files.makeInvertedFiles(lengths: lengths)
    try writeWords(in: order, lengths, to: &invertedFiles)
    let inverted = try invertedFiles.finish()
    // The words' memory is free now, and pairs may take as much.
    words = OccurrenceBuffer(byteCount: 0)
    let pairs = try files.writePairs(of: inverted, lengths: lengths, memoryByteCount: memoryByteCount)
    let layout = try files.writeLayout(documentCount: order.count) { document in
      let old = Int(order.old[document])
      return layouts[(old == 0 ? 0 : layoutEnds[old - 1])..<layoutEnds[old]]
    }
    let columnFiles = try columns.write(identities, in: order, to: files)
    let summaryFile = try summaries.finish()
    var all = [
      inverted.terms, inverted.postings, inverted.positions, layout, columnFiles.columns, columnFiles.identities, summaryFile,
      pairs.pairs, pairs.postings,
    ]
    if let texts { all.append(try texts.finish()) }
    return SegmentInfo(
      id: segmentID, documentCount: order.count, wordCounts: columns.wordCounts(in: order), days: columns.days(in: order),
      files: all)
  }

  private func writeWords(
    in order: DocumentOrder, _ lengths: DocumentLengths, to files: inout SegmentFilesWriter.InvertedFiles
  ) throws(StorageError) {
    // A position is left out between two fields.
    let positionBits = UInt32.bitWidth - (lengths.longest + UInt32(schema.furtherFieldCount)).leadingZeroBitCount
    let documentBits = Int.bitWidth - order.count.leadingZeroBitCount
    // A third of what words may take is the part of the budget that ``IndexWriterOptions`` leaves for this.
    let byteCount = memoryByteCount / 3
    if positionBits + documentBits <= UInt32.bitWidth {
      var inverter = OccurrenceInverter<UInt32>(
        of: words, order: order, positionBits: positionBits, memoryByteCount: byteCount)
      try inverter.write(words, to: &files)
    } else {
      var inverter = OccurrenceInverter<UInt64>(
        of: words, order: order, positionBits: positionBits, memoryByteCount: byteCount)
      try inverter.write(words, to: &files)
    }
  }

  /// Removes the files written so far.
  package func abandon() {
    summaries.abandon()
    texts?.abandon()
    SegmentFile.removeAll(ofNumber: segmentID, from: directory)
  }
}
