import InvertedIndex

/// How often a word counts in a document: in one field, or in all by their weights.
struct FieldFrequencies {
  /// The field the word must stand in, by its place in the schema, or nil for any.
  let field: Int?
  private let weights: [Double]
  private let lengths: DocumentLengths
  private let mainField: Int

  init(field: Int?, scoring: Scoring, segment: SegmentReader) {
    self.field = field
    weights = scoring.parameters.fieldWeights
    lengths = segment.lengths
    mainField = segment.schema.textFields.count - 1
  }

  /// Whether the posting at an index of a cursor's block stands in the field; field counts must be loaded.
  func matches(_ cursor: borrowing PostingsCursor, _ index: Int) -> Bool {
    guard let field else { return true }
    return count(cursor, index, in: field) > 0
  }

  /// How often the posting at an index of a cursor's block counts; occurrences and field counts must be loaded.
  func frequency(of cursor: borrowing PostingsCursor, _ index: Int) -> Double {
    if let field { return weights[field] * Double(count(cursor, index, in: field)) }
    var frequency = 0.0
    for field in 0...mainField { frequency += weights[field] * Double(count(cursor, index, in: field)) }
    return frequency
  }

  /// How often occurrences that start at these positions of a document count; nil where none stands in the field.
  func frequency(at positions: ArraySlice<UInt32>, document: Int) -> Double? {
    var counts = [UInt32](repeating: 0, count: mainField + 1)
    var isFound = false
    for position in positions {
      let place = self.field(of: position, document: document)
      if field == nil || field == place {
        counts[place] += 1
        isFound = true
      }
    }
    guard isFound else { return nil }
    var frequency = 0.0
    for field in 0...mainField { frequency += weights[field] * Double(counts[field]) }
    return frequency
  }

  /// The field that a position of a document lies in.
  private func field(of position: UInt32, document: Int) -> Int {
    var start: UInt32 = 0
    for (field, further) in lengths.further.enumerated() {
      start += further[document] + 1
      if position < start { return field }
    }
    return mainField
  }

  private func count(_ cursor: borrowing PostingsCursor, _ index: Int, in field: Int) -> UInt32 {
    if field < mainField { return cursor.fieldCount(field, at: index) }
    var count = cursor.occurrences[index]
    for further in 0..<mainField { count &-= cursor.fieldCount(further, at: index) }
    return count
  }
}
