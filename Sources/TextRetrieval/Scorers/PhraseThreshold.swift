/// What the score of a phrase must exceed for a document to be worth a look.
struct PhraseThreshold {
  /// Less than 0 where every document is.
  let value: Double
  /// Whether occurrences do not tell: every document is worth a look.
  let isOpen: Bool
  private let weight: Double
  private let normalizations: [Double]

  /// - Parameters:
  ///   - value: less than 0 for no threshold.
  ///   - weight: of the phrase.
  ///   - countsAlike: whether occurrences count the same in all fields; where they do not, they do not tell.
  init(_ value: Double, weight: Double, countsAlike: Bool, normalizations: [Double]) {
    self.value = value
    isOpen = value < 0 || !countsAlike
    // More than the formula has, because its evaluation and this one may err in the last places.
    self.weight = weight * (1 + 0x1p-40)
    self.normalizations = normalizations
  }

  /// Whether a document in which the phrase occurs at most so often may exceed the threshold.
  @inline(__always)
  func mayBeExceeded(by occurrences: UInt32, in document: UInt32) -> Bool {
    let frequency = Double(Int32(truncatingIfNeeded: occurrences))
    // weight · tf / (tf + normalization) > value, without the division.
    return weight * frequency > value * (frequency + normalizations[Int(document)])
  }
}
