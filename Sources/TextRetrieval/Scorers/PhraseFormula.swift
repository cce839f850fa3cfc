import InvertedIndex

/// The score that a phrase gives to documents.
struct PhraseFormula {
  /// How occurrences count by field; nil where they all count the same.
  private let frequencies: FieldFrequencies?
  private let weight: Double
  private let scoring: Scoring
  private let normalizations: [Double]

  /// - Parameter weight: the sum of the words' idf, times the phrase's boosts.
  init(frequencies: FieldFrequencies?, weight: Double, scoring: Scoring, normalizations: [Double]) {
    self.frequencies = frequencies
    self.weight = weight
    self.scoring = scoring
    self.normalizations = normalizations
  }

  /// What documents must have so that their score exceeds a threshold; less than 0 for none.
  func threshold(_ threshold: Double) -> PhraseThreshold {
    PhraseThreshold(threshold, weight: weight, countsAlike: frequencies == nil, normalizations: normalizations)
  }

  /// The score of a document in which the phrase starts at these positions; nil where none is in the field.
  func score(_ document: UInt32, _ starts: ArraySlice<UInt32>) -> Double? {
    let frequency = frequencies.map { $0.frequency(at: starts, document: Int(document)) } ?? Double(starts.count)
    guard let frequency else { return nil }
    return scoring.contribution(weight: weight, frequency: frequency, normalization: normalizations[Int(document)])
  }
}
