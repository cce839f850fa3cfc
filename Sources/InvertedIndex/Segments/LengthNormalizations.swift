import IndexStorage

/// What BM25 divides by beside the occurrences, `k1 · (1 - b + b · length / average)`, for every document of a segment.
///
/// Computed when parameters are used first, and kept for the few sets used last: scoring then costs one division a posting.
///
/// Concurrency: may be used from many threads at once.
package final class LengthNormalizations: Sendable {
  /// What the numbers depend on beside the lengths.
  package struct Parameters: Hashable, Sendable {
    package var k1: Double
    package var b: Double
    /// The weight of each text field, in the order of the schema.
    package var fieldWeights: [Double]
    /// The average of the weighted lengths.
    package var averageLength: Double

    /// Parameters from their parts.
    package init(k1: Double, b: Double, fieldWeights: [Double], averageLength: Double) {
      self.k1 = k1
      self.b = b
      self.fieldWeights = fieldWeights
      self.averageLength = averageLength
    }
  }

  private static let capacity = 4
  private let lengths: DocumentLengths
  private let kept = Guarded<[(parameters: Parameters, values: [Double])]>([])

  init(_ lengths: DocumentLengths) { self.lengths = lengths }

  /// The number of each document. Eight bytes a document are kept.
  ///
  /// Complexity: O(documents) when the parameters are new, else O(1).
  package func values(_ parameters: Parameters) -> [Double] {
    if let values = kept.withValue({ $0.first { $0.parameters == parameters }?.values }) { return values }
    let values = compute(parameters)
    kept.withValue {
      $0.insert((parameters, values), at: 0)
      if $0.count > Self.capacity { $0.removeLast() }
    }
    return values
  }

  private func compute(_ parameters: Parameters) -> [Double] {
    let isPlain = parameters.fieldWeights.allSatisfy { $0 == 1 }
    let (k1, b, average) = (parameters.k1, parameters.b, parameters.averageLength)
    return lengths.total.indices.map { document in
      let length =
        isPlain
        ? Double(lengths.total[document]) : weightedLength(of: document, parameters.fieldWeights)
      return k1 * ((1 - b) + b * length / average)
    }
  }

  private func weightedLength(of document: Int, _ weights: [Double]) -> Double {
    var length = 0.0
    var main = lengths.total[document]
    for (field, further) in lengths.further.enumerated() {
      length += weights[field] * Double(further[document])
      main &-= further[document]
    }
    return length + weights[lengths.further.count] * Double(main)
  }
}
