import CPrefetchShim

/// 128 contributions to scores, beside the 128 documents of a block.
@usableFromInline package typealias ContributionBlock = FixedBuffer<128, Double>

/// What a word adds to the scores of a block of documents: `weight · tf / (tf + normalization of the document)`, rounded to the
/// step that `rounding` stands for (`(c + rounding) - rounding`).
///
///     contributions[i] of documents[i], which occurs occurrences[i] times, for i in range
///
/// Every document must be less than `normalizations.count`; it is checked for the last, and they ascend.
///
/// Complexity: O(range), two at a time.
package func scoreBlock(
  documents: Span<UInt32>, occurrences: Span<UInt32>, range: Range<Int>, normalizations: [Double], weight: Double,
  rounding: Double, into contributions: inout ContributionBlock
) {
  guard !range.isEmpty else { return }
  precondition(
    range.lowerBound >= 0 && range.upperBound <= min(IntegerBlock.size, documents.count, occurrences.count)
      && Int(documents[range.upperBound - 1]) < normalizations.count, "a block reaches past its documents")
  let normalizations = normalizations.span
  // To ask for memory only.
  let start = unsafe normalizations.withUnsafeBytes { $0.baseAddress! }
  unsafe contributions.withMemory { pointer in
    // Safe: the range lies inside the spans and the 128 contributions; documents ascend, and the last has a normalization.
    let output = unsafe pointer
    let weights = SIMD2<Double>(repeating: weight)
    let roundings = SIMD2<Double>(repeating: rounding)
    let size = MemoryLayout<Double>.size
    for ahead in range.lowerBound..<min(range.upperBound, range.lowerBound &+ linesAhead) {
      unsafe lede_prefetch(start + Int(documents[unchecked: ahead]) &* size)
    }
    var index = range.lowerBound
    let last = range.upperBound &- 1
    while index &+ 2 <= range.upperBound {
      unsafe lede_prefetch(start + Int(documents[unchecked: min(last, index &+ linesAhead)]) &* size)
      unsafe lede_prefetch(start + Int(documents[unchecked: min(last, index &+ linesAhead &+ 1)]) &* size)
      let tf = unsafe SIMD2<Double>(
        Double(Int32(truncatingIfNeeded: occurrences[unchecked: index])),
        Double(Int32(truncatingIfNeeded: occurrences[unchecked: index &+ 1])))
      let normalization = unsafe SIMD2<Double>(
        normalizations[unchecked: Int(documents[unchecked: index])],
        normalizations[unchecked: Int(documents[unchecked: index &+ 1])])
      let contribution = weights * tf / (tf + normalization)
      unsafe output.storeBytes(
        of: (contribution + roundings) - roundings, toByteOffset: index &* 8, as: SIMD2<Double>.self)
      index &+= 2
    }
    if index < range.upperBound {
      let tf = unsafe Double(Int32(truncatingIfNeeded: occurrences[unchecked: index]))
      let contribution = unsafe weight * tf / (tf + normalizations[unchecked: Int(documents[unchecked: index])])
      unsafe output.storeBytes(of: (contribution + rounding) - rounding, toByteOffset: index &* 8, as: Double.self)
    }
  }
}

/// Adds contributions to the scores of a window, and marks their documents: document `base + i` has score and bit i.
///
/// Documents of the range must lie in the window; it is checked for the first and last, and they ascend.
///
/// Complexity: O(range).
package func addContributions(
  _ contributions: Span<Double>, documents: Span<UInt32>, range: Range<Int>, base: UInt32,
  into scores: inout [Double], _ marks: inout [UInt64]
) {
  guard !range.isEmpty else { return }
  var scores = scores.mutableSpan
  var marks = marks.mutableSpan
  precondition(
    range.lowerBound >= 0 && range.upperBound <= min(documents.count, contributions.count)
      && documents[range.lowerBound] >= base, "a block reaches past its window")
  let last = Int(documents[range.upperBound - 1] &- base)
  precondition(last < scores.count && last >> 6 < marks.count, "a block reaches past its window")
  for index in range {
    // Safe: see above.
    let place = unsafe Int(documents[unchecked: index] &- base)
    unsafe scores[unchecked: place] += contributions[unchecked: index]
    unsafe marks[unchecked: place &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: place & 63)
  }
}
