import BitKernels
import InvertedIndex

/// How the occurrences of a word count by field, and how long a document is for BM25F.
struct FieldFrequencies {
  /// The field the word must stand in, by its place in the schema, or nil for any.
  let field: Int?
  private let scoring: Scoring
  private let lengths: DocumentLengths
  private let mainField: Int
  private let isPlain: Bool

  init(field: Int?, scoring: Scoring, segment: SegmentReader) {
    self.field = field
    self.scoring = scoring
    lengths = segment.lengths
    mainField = segment.schema.textFields.count - 1
    isPlain = scoring.parameters.weighsAllFieldsOne
  }

  /// Whether the occurrences in further fields must be decoded to score.
  var needsFieldCounts: Bool { field != nil || !isPlain }

  /// Whether the posting at an index of a cursor's block stands in the field; its field counts must be loaded where there is one.
  @inline(__always)
  func matches(_ cursor: borrowing PostingsCursor, _ index: Int) -> Bool {
    guard let field else { return true }
    return count(cursor, index, in: field) > 0
  }

  /// What the posting at an index of a cursor's block adds; occurrences, and field counts where needed, must be loaded.
  @inline(__always)
  func contribution(of cursor: borrowing PostingsCursor, _ index: Int, weight: Double) -> Double {
    let document = Int(cursor.documents[index])
    if !needsFieldCounts {
      return scoring.contribution(
        weight: weight, frequency: Double(cursor.occurrences[index]), length: Double(lengths.total[document]))
    }
    var frequency = 0.0
    if let field {
      frequency = scoring.parameters.fieldWeights[field] * Double(count(cursor, index, in: field))
    } else {
      for field in 0...mainField { frequency += scoring.parameters.fieldWeights[field] * Double(count(cursor, index, in: field)) }
    }
    return scoring.contribution(weight: weight, frequency: frequency, length: length(of: document))
  }

  /// What a document with these occurrences by field adds.
  func contribution(of counts: [UInt32], document: Int, weight: Double) -> Double {
    var frequency = 0.0
    for field in 0...mainField { frequency += scoring.parameters.fieldWeights[field] * Double(counts[field]) }
    return scoring.contribution(weight: weight, frequency: frequency, length: length(of: document))
  }

  /// The weighted length of a document.
  func length(of document: Int) -> Double {
    if isPlain { return Double(lengths.total[document]) }
    var length = 0.0
    var main = lengths.total[document]
    for (field, further) in lengths.further.enumerated() {
      length += scoring.parameters.fieldWeights[field] * Double(further[document])
      main &-= further[document]
    }
    return length + scoring.parameters.fieldWeights[mainField] * Double(main)
  }

  /// The field that a position of a document lies in.
  func field(of position: UInt32, document: Int) -> Int {
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
