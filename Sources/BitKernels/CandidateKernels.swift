// Loops over candidates: documents that ascend, each with a score. All buffers have room for `count`, which is checked once.

/// Adds an amount for the documents that a bitmap holds: document i is bit i.
///
/// Complexity: O(count), without branches.
package func addWherePresent(
  _ documents: [UInt32], in bitmap: [UInt64], _ amount: Double, to sums: inout [Double], count: Int
) {
  guard count > 0 else { return }
  precondition(
    count <= min(documents.count, sums.count) && Int(documents[count - 1]) >> 6 < bitmap.count, "a candidate has no bit")
  let documents = documents.span
  let bitmap = bitmap.span
  var sums = sums.mutableSpan
  for index in 0..<count {
    // Safe: documents ascend, and the last has a bit.
    let document = unsafe documents[unchecked: index]
    let isPresent = unsafe bitmap[unchecked: Int(document &>> 6)] &>> UInt64(document & 63) & 1
    unsafe sums[unchecked: index] += amount * Double(Int64(bitPattern: isPresent))
  }
}

/// Keeps the candidates whose score and reach together exceed a threshold, in their order, and returns how many there are.
///
/// Complexity: O(count), without branches.
package func keepAbove(
  _ threshold: Double, reaches: [Double], documents: inout [UInt32], scores: inout [Double], count: Int
) -> Int {
  precondition(count <= reaches.count, "more candidates than there is room for")
  let reaches = reaches.span
  // Safe: asked for each place below `count`.
  return keep(&documents, &scores, count: count) { place, score in unsafe score + reaches[unchecked: place] > threshold }
}

/// As above, by the scores alone.
package func keepAbove(_ threshold: Double, documents: inout [UInt32], scores: inout [Double], count: Int) -> Int {
  keep(&documents, &scores, count: count) { _, score in score > threshold }
}

/// How many candidates there are whose score and reach together exceed a threshold.
///
/// Complexity: O(count), without branches.
package func countAbove(_ threshold: Double, reaches: [Double], scores: [Double], count: Int) -> Int {
  precondition(count <= min(reaches.count, scores.count), "more candidates than there is room for")
  let reaches = reaches.span
  let scores = scores.span
  var above = 0
  // Safe: checked above.
  for place in 0..<count { unsafe above &+= scores[unchecked: place] + reaches[unchecked: place] > threshold ? 1 : 0 }
  return above
}

/// Keeps the candidates whose mark is as asked, in their order, and returns how many there are.
package func keepMarked(
  _ wanted: Bool, marks: [Bool], documents: inout [UInt32], scores: inout [Double], count: Int
) -> Int {
  precondition(count <= marks.count, "more candidates than there is room for")
  let marks = marks.span
  // Safe: asked for each place below `count`.
  return keep(&documents, &scores, count: count) { place, _ in unsafe marks[unchecked: place] == wanted }
}

/// Moves the candidates that are to be kept to the front; returns how many there are.
@inline(__always)
private func keep(
  _ documents: inout [UInt32], _ scores: inout [Double], count: Int, where isKept: (_ place: Int, _ score: Double) -> Bool
) -> Int {
  precondition(count <= min(documents.count, scores.count), "more candidates than there is room for")
  var documents = documents.mutableSpan
  var scores = scores.mutableSpan
  var next = 0
  for place in 0..<count {
    // Safe: next never passes place, which is less than count.
    let score = unsafe scores[unchecked: place]
    unsafe documents[unchecked: next] = documents[unchecked: place]
    unsafe scores[unchecked: next] = score
    next &+= isKept(place, score) ? 1 : 0
  }
  return next
}

/// Appends the documents of a range whose contribution exceeds a threshold after the `count` candidates there; returns how many
/// there are then.
package func appendAbove(
  _ threshold: Double, _ newDocuments: Span<UInt32>, _ contributions: Span<Double>, range: Range<Int>,
  to documents: inout [UInt32], _ scores: inout [Double], count: Int
) -> Int {
  precondition(
    range.lowerBound >= 0 && range.upperBound <= min(newDocuments.count, contributions.count)
      && count + range.count <= min(documents.count, scores.count), "more candidates than there is room for")
  var documents = documents.mutableSpan
  var scores = scores.mutableSpan
  var next = count
  for index in range {
    // Safe: at most one is added for each of the range.
    let contribution = unsafe contributions[unchecked: index]
    unsafe documents[unchecked: next] = newDocuments[unchecked: index]
    unsafe scores[unchecked: next] = contribution
    next &+= contribution > threshold ? 1 : 0
  }
  return next
}

/// Moves the marked documents of a window whose score exceeds a threshold after the `count` candidates there; marks and scores of
/// the window are zero afterwards. Returns how many candidates there are then.
///
/// There must be room for all documents of the window.
///
/// Complexity: O(words + marked documents).
package func takeAbove(
  _ threshold: Double, windowScores: inout [Double], marks: inout [UInt64], wordCount: Int, base: UInt32,
  to documents: inout [UInt32], _ scores: inout [Double], count: Int
) -> Int {
  precondition(
    wordCount <= marks.count && wordCount * 64 <= windowScores.count
      && count + wordCount * 64 <= min(documents.count, scores.count), "more candidates than there is room for")
  var windowScores = windowScores.mutableSpan
  var marks = marks.mutableSpan
  var documents = documents.mutableSpan
  var scores = scores.mutableSpan
  var next = count
  for word in 0..<wordCount {
    var bits = marks[word]
    if bits == 0 { continue }
    marks[word] = 0
    while bits != 0 {
      // Safe: see above; at most one is added for each bit.
      let place = word &* 64 &+ bits.trailingZeroBitCount
      bits &= bits &- 1
      let score = unsafe windowScores[unchecked: place]
      unsafe windowScores[unchecked: place] = 0
      unsafe documents[unchecked: next] = base &+ UInt32(truncatingIfNeeded: place)
      unsafe scores[unchecked: next] = score
      next &+= score > threshold ? 1 : 0
    }
  }
  return next
}

/// Narrows the places of documents in a block to those that a bitmap holds: document i is bit i. Returns how many there are.
///
///     places[0..<count] are places in `documents`, ascending; they are moved to the front
///
/// Complexity: O(count), without branches.
package func keepPresent(
  _ documents: Span<UInt32>, in bitmap: Span<UInt64>, places: inout IntegerBlock, count: Int
) -> Int {
  guard count > 0 else { return 0 }
  precondition(
    count <= IntegerBlock.size && documents.count <= IntegerBlock.size
      && Int(documents[documents.count - 1]) >> 6 < bitmap.count, "a document has no bit")
  var places = places.mutableSpan
  var next = 0
  for index in 0..<count {
    let place = unsafe places[unchecked: index]
    let document = documents[Int(place)]
    unsafe places[unchecked: next] = place
    // Safe: documents ascend, and the last has a bit.
    next &+= unsafe Int(truncatingIfNeeded: bitmap[unchecked: Int(document &>> 6)] &>> UInt64(document & 63) & 1)
  }
  return next
}

/// For each document of a stretch, its place in a block plus 1; 0 everywhere between uses.
@usableFromInline package typealias PlaceTable = FixedBuffer<16_384, UInt8>

extension PlaceTable {
  /// The documents of a stretch.
  package static var size: Int { 16_384 }
}

/// Finds the candidates that a block has: the index of each, and its place in the block. Returns how many there are.
///
/// Candidates of the range and documents of the block both ascend; all candidates of the range must lie in one stretch from the
/// first on.
///
/// Complexity: O(candidates + block), without branches that depend on what is found.
package func findCommon(
  _ candidates: Span<UInt32>, range: Range<Int>, _ documents: Span<UInt32>, table: inout PlaceTable,
  indexes: inout IntegerBlock, places: inout IntegerBlock
) -> Int {
  guard !range.isEmpty, documents.count > 0 else { return 0 }
  precondition(
    documents.count <= IntegerBlock.size && range.lowerBound >= 0 && range.upperBound <= candidates.count,
    "a block has 128 places, and the range lies among the candidates")
  let base = candidates[range.lowerBound]
  let last = candidates[range.upperBound - 1]
  precondition(last >= base && last - base < PlaceTable.size, "candidates lie in one stretch")
  let first = lowerBound(of: base, in: documents)
  let end = documents[documents.count - 1] <= last ? documents.count : lowerBound(of: last + 1, in: documents, from: first)
  var table = table.mutableSpan
  var indexes = indexes.mutableSpan
  var places = places.mutableSpan
  // Safe, here and below: documents from `first` to `end` and candidates of the range lie from `base` to `last`.
  for place in first..<end { unsafe table[unchecked: Int(documents[unchecked: place] &- base)] = UInt8(place &+ 1) }
  var count = 0
  for index in range {
    let slot = unsafe table[unchecked: Int(candidates[unchecked: index] &- base)]
    if count == IntegerBlock.size { break }
    unsafe indexes[unchecked: count] = UInt32(truncatingIfNeeded: index)
    unsafe places[unchecked: count] = UInt32(slot) &- 1
    count &+= slot != 0 ? 1 : 0
  }
  for place in first..<end { unsafe table[unchecked: Int(documents[unchecked: place] &- base)] = 0 }
  return count
}

/// Copies the values at some places of a block to the front of another.
///
/// Complexity: O(count).
package func gather(_ values: Span<UInt32>, at places: borrowing IntegerBlock, count: Int, into gathered: inout IntegerBlock) {
  precondition(count <= IntegerBlock.size, "a block has 128 places")
  let places = places.span
  var gathered = gathered.mutableSpan
  for index in 0..<count { unsafe gathered[unchecked: index] = values[Int(places[unchecked: index])] }
}
