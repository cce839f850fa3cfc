import BitKernels
import IndexStorage

/// Checks the invariants of one segment whose bytes agree with their checksums: order, bounds, counts and cross references.
struct SegmentVerifier {
  private let segment: SegmentReader
  private let averageLength: Double
  private static let memoryByteCountForPairs = 64 << 20

  init(_ segment: SegmentReader) {
    self.segment = segment
    averageLength = segment.averageLength
  }

  /// Throws the first contradiction.
  ///
  /// Complexity: O(bytes of the segment).
  func verify() throws(StorageError) {
    try verifyWords()
    try verifyPairs()
    try verifyDocuments()
    try verifyIdentities()
    try verifyStore(segment.summaries) { (record) throws(StorageError) in
      _ = try DocumentSummary.read(record, schema: segment.schema, file: segment.summaries.file.name)
    }
    if let texts = segment.texts { try verifyStore(texts) { _ in } }
  }

  // MARK: Words

  private func verifyWords() throws(StorageError) {
    let file = segment.terms.table.file
    var cursor = KeyTableCursor(segment.terms.table)
    var last: [UInt8] = []
    var counts = [UInt64](repeating: 0, count: segment.documentCount)
    while try cursor.advance() {
      let term = Array(cursor.key)
      guard cursor.ordinal == 0 || last.lexicographicallyPrecedes(term) else {
        throw file.corrupt(at: 0, "term \(cursor.ordinal) does not come after the one before it")
      }
      last = term
      try verifyList(cursor.payload, name: String(decoding: term, as: UTF8.self), counts: &counts)
    }
    for document in 0..<segment.documentCount where counts[document] != UInt64(segment.lengths.total[document]) {
      throw segment.words.postings.corrupt(
        at: 0,
        "document \(document) has \(counts[document]) words in the postings and \(segment.lengths.total[document]) by its length")
    }
  }

  /// The pairs follow from the words, so they are made again, and must be the same to the byte.
  private func verifyPairs() throws(StorageError) {
    let files = SegmentFilesWriter(
      directory: MemoryDirectory(), indexID: segment.indexID, segmentID: segment.info.id, schema: segment.schema)
    let made = try files.writePairs(of: segment.terms, lists: segment.words, memoryByteCount: Self.memoryByteCountForPairs)
    for (file, summary) in [(segment.pairs.table.file, made.pairs), (segment.pairs.lists.postings, made.postings)]
    where file.summary != summary {
      throw file.corrupt(at: 0, "the pairs of frequent words are not those of the words")
    }
  }

  private func verifyList(_ entry: TermEntry, name: String, counts: inout [UInt64]) throws(StorageError) {
    var postings = try segment.words.cursor(for: entry)
    var target: UInt32 = 0
    var documents = 0
    var occurrences = 0
    var positions: [UInt32] = []
    var ranking = ImpactRanking()
    while try postings.advance(toBlockWith: target) {
      try postings.loadFieldCounts()
      for index in 0..<postings.count {
        let document = Int(postings.documents[index])
        let count = try postings.readPositions(at: index, into: &positions)
        try verify(Array(positions[..<count]), ofDocument: document, postings, index, name: name)
        documents += 1
        occurrences += count
        ranking.add(
          Impact.share(occurrences: UInt32(count), length: segment.lengths.total[document], averageLength: averageLength))
        counts[document] += UInt64(count)
      }
      try verifyBound(of: postings, name: name)
      target = postings.lastDocument + 1
    }
    guard documents == entry.documentCount, occurrences == entry.occurrenceCount else {
      throw segment.words.postings.corrupt(
        at: entry.postingsOffset, "the list of “\(name)” does not hold what the dictionary says")
    }
    guard entry.documentCount > IntegerBlock.size else { return }
    for (rank, least) in ranking.leastShares.enumerated() where try segment.words.leastShare(of: entry, atRank: rank) != least {
      throw segment.words.postings.corrupt(at: entry.postingsOffset, "the best documents of “\(name)” are not what its list says")
    }
  }

  private func verify(
    _ positions: [UInt32], ofDocument document: Int, _ postings: borrowing PostingsCursor, _ index: Int, name: String
  ) throws(StorageError) {
    var fieldStart: UInt32 = 0
    var next = 0
    var end = segment.lengths.total[document]
    for field in segment.lengths.further.indices {
      let length = segment.lengths.further[field][document]
      let first = next
      while next < positions.count, positions[next] < fieldStart + length { next += 1 }
      guard postings.fieldCount(field, at: index) == UInt32(next - first) else {
        throw segment.words.postings.corrupt(at: 0, "“\(name)” is counted wrongly in a field of document \(document)")
      }
      fieldStart += length + 1
      end += 1
      guard next == positions.count || positions[next] >= fieldStart else {
        throw (segment.words.positions ?? segment.words.postings).corrupt(
          at: 0, "“\(name)” stands between two fields of document \(document)")
      }
    }
    guard positions.last.map({ $0 < end }) ?? false else {
      throw (segment.words.positions ?? segment.words.postings).corrupt(
        at: 0, "“\(name)” stands past the end of document \(document)")
    }
  }

  private func verifyBound(of postings: borrowing PostingsCursor, name: String) throws(StorageError) {
    guard let bound = try postings.blockBound() else { return }
    var greatest = 0.0
    for index in 0..<postings.count {
      let occurrences = postings.occurrences[index]
      let length = segment.lengths.total[Int(postings.documents[index])]
      let share = Impact.share(occurrences: occurrences, length: length, averageLength: averageLength)
      guard bound.pairs.pairs.contains(where: { $0.occurrences >= occurrences && $0.length <= length }),
        share <= Impact.share(ofByte: bound.impact)
      else {
        throw segment.words.postings.corrupt(at: 0, "the score bound of “\(name)” is too low")
      }
      for field in bound.pairs.maximumFieldCounts.indices
      where postings.fieldCount(field, at: index) > bound.pairs.maximumFieldCounts[field] {
        throw segment.words.postings.corrupt(at: 0, "the score bound of “\(name)” is too low in a field")
      }
      greatest = max(greatest, share)
    }
    guard bound.impact == Impact.byte(notBelow: greatest) else {
      throw segment.words.postings.corrupt(at: 0, "the score bound of “\(name)” is not what its best document gets")
    }
  }

  // MARK: Documents

  private func verifyDocuments() throws(StorageError) {
    let file = segment.columns.file
    var ordinals = Set<Int>()
    var lastKey = Int64.max
    var lastID: [UInt8] = []
    for document in 0..<segment.documentCount {
      guard try (segment.date(document) != nil) == (document < segment.datedCount) else {
        throw file.corrupt(at: 0, "dated and undated documents are mixed")
      }
      let key = try segment.sortKey(document)
      let id = try segment.idBytes(document)
      guard key < lastKey || (key == lastKey && lastID.lexicographicallyPrecedes(id)) || document == 0 else {
        throw file.corrupt(at: 0, "document \(document) is out of order")
      }
      (lastKey, lastID) = (key, id)
      guard ordinals.insert(try segment.storeOrdinal(document)).inserted else {
        throw file.corrupt(at: 0, "two documents share a stored record")
      }
      let further = segment.lengths.further.reduce(UInt64(0)) { $0 + UInt64($1[document]) }
      guard further <= UInt64(segment.lengths.total[document]) else {
        throw file.corrupt(at: 0, "a field of document \(document) is longer than the document")
      }
      try verifyLayout(document)
    }
    let days = try segment.dayRange()
    guard days == segment.info.days else { throw file.corrupt(at: 0, "the manifest states other days") }
    for field in segment.schema.keywordFields.indices {
      let values = try segment.columns.keywordValues(field)
      let column = try segment.columns.column(.firstKeyword, plus: field)
      for document in 0..<segment.documentCount where try column.value(document) > UInt64(values.valueCount) {
        throw file.corrupt(at: 0, "document \(document) has a keyword value that is not there")
      }
      for ordinal in 0..<max(0, values.valueCount - 1) {
        guard try values.value(ordinal).lexicographicallyPrecedes(try values.value(ordinal + 1)) else {
          throw file.corrupt(at: 0, "keyword values do not ascend")
        }
      }
    }
  }

  private func verifyLayout(_ document: Int) throws(StorageError) {
    let layout = try segment.layouts.layout(document)
    let end = UInt64(segment.lengths.total[document]) + UInt64(segment.lengths.further.count)
    for last in [layout.sentenceStarts.last, layout.capitals.last?.position] {
      guard UInt64(last ?? 0) < max(end, 1) else {
        throw segment.layouts.file.corrupt(at: 0, "the layout of document \(document) reaches past its end")
      }
    }
  }

  private func verifyIdentities() throws(StorageError) {
    let file = segment.identities.file
    var cursor = KeyTableCursor(segment.identities)
    var last: [UInt8] = []
    var seen = [Bool](repeating: false, count: segment.documentCount)
    while try cursor.advance() {
      let id = Array(cursor.key)
      let document = Int(cursor.payload.document)
      guard cursor.ordinal == 0 || last.lexicographicallyPrecedes(id) else { throw file.corrupt(at: 0, "ids do not ascend") }
      guard document < segment.documentCount, !seen[document], try segment.idBytes(document) == id else {
        throw file.corrupt(at: 0, "an id names a document that has another")
      }
      seen[document] = true
      last = id
    }
  }

  private func verifyStore(
    _ store: StoreReader, _ body: (_ record: [UInt8]) throws(StorageError) -> Void
  ) throws(StorageError) {
    var records = 0
    let decompressor = Decompressor()
    for block in 0..<store.blockCount {
      let entry = try store.entry(block)
      guard entry.firstRecord == records else {
        throw store.file.corrupt(at: entry.bytes.lowerBound, "stored records are missing")
      }
      let plain = try store.unpack(entry, decompressor)
      for index in 0..<entry.recordCount { try body(try store.slice(index, of: plain, entry)) }
      records += entry.recordCount
    }
    guard records == store.recordCount else { throw store.file.corrupt(at: 0, "stored records are missing") }
  }
}
