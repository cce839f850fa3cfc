import IndexStorage

/// The numbers kept for each article of a segment under construction, by arrival.
struct DocumentColumns {
  private let schema: IndexSchema
  private var dates: [DocumentDate?] = []
  /// Words of each further field, then of the main one.
  private var fieldLengths: [[UInt32]]
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

  var byteCount: Int {
    dates.capacity * MemoryLayout<DocumentDate?>.stride
      + 4 * dates.capacity * (schema.textFields.count + schema.keywordFields.count) + keywordByteCount
  }

  mutating func append(date: DocumentDate?, keywordForms: [String?], fieldLengths lengths: [UInt32]) {
    dates.append(date)
    for field in lengths.indices { fieldLengths[field].append(lengths[field]) }
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

  /// Newest first, undated last, ties by the bytes of the id.
  func documentOrder(of identities: ArticleIdentities) -> DocumentOrder {
    let keys = dates.map { $0?.sortKey ?? .min }
    var order = identities.liveArrivals
    order.sort { left, right in
      let leftKey = keys[Int(left)]
      let rightKey = keys[Int(right)]
      return leftKey != rightKey
        ? leftKey > rightKey : identities.id(Int(left)).lexicographicallyPrecedes(identities.id(Int(right)))
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
    _ articles: ArticleIdentities, in order: DocumentOrder, to files: SegmentFilesWriter
  ) throws(StorageError) -> (columns: FileSummary, identities: FileSummary) {
    var ranks = [UInt32](repeating: 0, count: count)
    var identities = try files.makeIdentities()
    let byID = order.old.map(Int.init).sorted { articles.id($0).lexicographicallyPrecedes(articles.id($1)) }
    for (rank, arrival) in byID.enumerated() {
      ranks[arrival] = UInt32(rank)
      try identities.append(articles.id(arrival), document: order.new[arrival])
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
          contentHash: articles.contentHash(arrival))
      },
      length: { field, document in UInt64(fieldLengths[field][Int(order.old[document])]) },
      keyword: { field, document in UInt64(keywordRanks[field][Int(keywords[field][Int(order.old[document])])]) },
      keywordValues: sortedKeywords.map { $0.map(\.key) })
    return (columnsFile, identitiesFile)
  }
}
