/// Computes the share that each posting of a block gives, `tf / (tf + normalization)`, counts it in its class of a histogram, and
/// returns the greatest.
///
/// - Parameters:
///   - documents, occurrences: of which the first `count` are looked at.
///   - normalizations: positive, by document.
///   - counts: the histogram. Class c of n has the shares from c / n on.
///
/// Complexity: O(count).
package func rankShares<let classCount: Int>(
  documents: borrowing IntegerBlock, occurrences: borrowing IntegerBlock, count: Int, normalizations: [Double],
  counts: inout FixedBuffer<classCount, UInt32>
) -> Double {
  precondition(count >= 0 && count <= IntegerBlock.size, "a block has 128 documents")
  let (documents, occurrences, normalizations) = (documents.span, occurrences.span, normalizations.span)
  var counts = counts.mutableSpan
  var greatest = 0.0
  for index in 0..<count {
    // Safe: a block has as many.
    let tf = unsafe Double(Int32(truncatingIfNeeded: occurrences[unchecked: index]))
    let share = unsafe tf / (tf + normalizations[Int(documents[unchecked: index])])
    greatest = max(greatest, share)
    counts[min(classCount &- 1, Int(share * Double(classCount)))] &+= 1
  }
  return greatest
}
