import IndexStorage

/// The values of one keyword field over several segments.
struct MergedKeywords {
  /// All values, ascending by their bytes.
  private(set) var values: [[UInt8]] = []
  private var columns: [ColumnReader] = []
  /// The merged code of each segment's code: 0 stays 0, ordinal + 1 becomes the merged ordinal + 1.
  private var codes: [[UInt64]] = []

  init(_ segments: [SegmentReader], field: Int) throws(StorageError) {
    var all: Set<[UInt8]> = []
    var bySegment: [[[UInt8]]] = []
    for segment in segments {
      let reader = try segment.columns.keywordValues(field)
      var values: [[UInt8]] = []
      for ordinal in 0..<reader.valueCount { values.append(try reader.value(ordinal)) }
      all.formUnion(values)
      bySegment.append(values)
      columns.append(try segment.columns.column(.firstKeyword, plus: field))
    }
    values = all.sorted { $0.lexicographicallyPrecedes($1) }
    var ordinals: [[UInt8]: UInt64] = [:]
    for (ordinal, value) in values.enumerated() { ordinals[value] = UInt64(ordinal + 1) }
    for values in bySegment { codes.append([0] + values.map { ordinals[$0]! }) }
  }

  /// The merged code of a document's value.
  func code(segment: Int, document: Int) throws(StorageError) -> UInt64 {
    let code = try columns[segment].value(document)
    guard code < UInt64(codes[segment].count) else {
      throw columns[segment].file.corrupt(at: 0, "a document has a keyword value that is not there")
    }
    return codes[segment][Int(code)]
  }
}
