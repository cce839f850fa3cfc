import IndexStorage

/// The numbers kept for each article of a segment under construction, by arrival.
struct DocumentColumns {
  private let schema: IndexSchema
  private var dates: [DocumentDate?] = []
  private var contentHashes: [UInt64] = []
  /// Words of each further field, then of the main one.
  private var fieldLengths: [[UInt32]]
  /// The ids, each once.
  private var ids = TermTable()
  /// The number of each article's id among the ids.
  private var idNumbers: [UInt32] = []
  /// The article that has an id now, by the id's number; nil where it was deleted.
  private var arrivals: [UInt32?] = []
  /// The number of articles that were replaced or deleted since.
  private var deadCount = 0
  /// Ordinal of the value by first appearance plus 1, 0 for none; by field.
  private var keywords: [[UInt32]]
  private var keywordOrdinals: [[[UInt8]: UInt32]]
  private var keywordByteCount = 0

  init(schema: IndexSchema) {
    self.schema = schema
    fieldLengths = Array(repeating: [], count: schema.textFields.count)
    keywords = Array(repeating: [], count: schema.keywordFields.count)
    keywordOrdinals = Array(repeating: [:], count: schema.keywordFields.count)
  }

  /// The number of articles that came, replaced and deleted ones included.
  var count: Int { dates.count }
  /// The number of articles that will be written.
  var liveCount: Int { count - deadCount }

  var byteCount: Int {
    dates.capacity * MemoryLayout<DocumentDate?>.stride + 8 * contentHashes.capacity + ids.byteCount
      + 4 * idNumbers.capacity + arrivals.capacity * MemoryLayout<UInt32?>.stride
      + 4 * dates.capacity * (schema.textFields.count + schema.keywordFields.count) + keywordByteCount
  }

  mutating func append(
    id: String, date: DocumentDate?, keywordForms: [String?], contentHash: UInt64, fieldLengths lengths: [UInt32]
  ) {
    dates.append(date)
    contentHashes.append(contentHash)
    for field in lengths.indices { fieldLengths[field].append(lengths[field]) }
    let bytes = id.utf8Span.span
    let number = ids.number(of: bytes, at: 0, count: bytes.count)
    idNumbers.append(UInt32(number))
    if number == arrivals.count {
      arrivals.append(UInt32(count - 1))
    } else {
      precondition(arrivals[number] == nil, "an id is added twice to one segment")
      arrivals[number] = UInt32(count - 1)
    }
    for field in keywords.indices {
      keywords[field].append(keywordForms[field].map { ordinal(of: Array($0.utf8), field: field) } ?? 0)
    }
  }

  private mutating func ordinal(of value: [UInt8], field: Int) -> UInt32 {
    if let ordinal = keywordOrdinals[field][value] { return ordinal }
    let ordinal = UInt32(keywordOrdinals[field].count + 1)
    keywordOrdinals[field][value] = ordinal
    keywordByteCount += 64 + value.count
    return ordinal
  }

  private func id(_ arrival: Int) -> ArraySlice<UInt8> { ids.termBytes[ids.range(Int(idNumbers[arrival]))] }

  /// Leaves out the article with an id; false where there is none.
  mutating func delete(id: String) -> Bool {
    let bytes = id.utf8Span.span
    guard let number = ids.find(bytes, at: 0, count: bytes.count), arrivals[number] != nil else { return false }
    arrivals[number] = nil
    deadCount += 1
    return true
  }

  /// The ids of the articles that will be written.
  var liveIDs: [String] {
    arrivals.indices.compactMap { number in
      arrivals[number] == nil ? nil : String(decoding: ids.termBytes[ids.range(number)], as: UTF8.self)
    }
  }

  /// The content hash of the article with an id, or nil.
  func contentHash(ofID id: String) -> UInt64? {
    let bytes = id.utf8Span.span
    return ids.find(bytes, at: 0, count: bytes.count).flatMap { arrivals[$0] }.map { contentHashes[Int($0)] }
  }

  /// Newest first, undated last, ties by the bytes of the id.
  func documentOrder() -> DocumentOrder {
    let keys = dates.map { $0?.sortKey ?? .min }
    var order = arrivals.compactMap { $0 }
    order.sort { left, right in
      let leftKey = keys[Int(left)]
      let rightKey = keys[Int(right)]
      return leftKey != rightKey ? leftKey > rightKey : id(Int(left)).lexicographicallyPrecedes(id(Int(right)))
    }
    return DocumentOrder(old: order, arrivalCount: count)
  }

  func lengths(in order: DocumentOrder) -> DocumentLengths {
    let further = fieldLengths.dropLast().map { lengths in order.old.map { lengths[Int($0)] } }
    let total = order.old.map { arrival in fieldLengths.reduce(0) { $0 + $1[Int(arrival)] } }
    return DocumentLengths(total: total, further: further)
  }

  func wordCounts(in order: DocumentOrder) -> [UInt64] {
    fieldLengths.map { lengths in order.old.reduce(0) { $0 + UInt64(lengths[Int($1)]) } }
  }

  func days(in order: DocumentOrder) -> ClosedRange<Int32>? {
    let days = order.old.compactMap { dates[Int($0)]?.day }
    guard let first = days.min(), let last = days.max() else { return nil }
    return first...last
  }

  /// Writes the columns and the table of ids.
  func write(
    in order: DocumentOrder, to files: SegmentFilesWriter
  ) throws(StorageError) -> (columns: FileSummary, identities: FileSummary) {
    var ranks = [UInt32](repeating: 0, count: count)
    var identities = try files.makeIdentities()
    let byID = order.old.map(Int.init).sorted { id($0).lexicographicallyPrecedes(id($1)) }
    for (rank, arrival) in byID.enumerated() {
      ranks[arrival] = UInt32(rank)
      try identities.append(id(arrival), document: order.new[arrival])
    }
    let identitiesFile = try identities.finish()
    let sortedKeywords = keywordOrdinals.map { field in field.sorted { $0.key.lexicographicallyPrecedes($1.key) } }
    let keywordRanks = sortedKeywords.map { values in
      var ranks = [UInt32](repeating: 0, count: values.count + 1)
      for (rank, value) in values.enumerated() { ranks[Int(value.value)] = UInt32(rank + 1) }
      return ranks
    }
    let columnsFile = try files.writeColumns(
      documentCount: order.count, fieldCount: schema.textFields.count,
      row: { document in
        let arrival = Int(order.old[document])
        return DocumentRow(
          date: dates[arrival], storeOrdinal: UInt64(arrival), identityRank: UInt64(ranks[arrival]),
          contentHash: contentHashes[arrival])
      },
      length: { field, document in UInt64(fieldLengths[field][Int(order.old[document])]) },
      keyword: { field, document in UInt64(keywordRanks[field][Int(keywords[field][Int(order.old[document])])]) },
      keywordValues: sortedKeywords.map { $0.map(\.key) })
    return (columnsFile, identitiesFile)
  }
}
