// Neighbours in rows of words: gathered by the first of the two, then grouped by the second.

/// Adds to the stretch of each first word the neighbour that follows it in a row, with a document; false where a stretch would reach
/// past its memory.
///
/// - Parameters:
///   - row: the word at each place, at most one less than there are stretches; 0 for places that have none.
///   - tag: bits that no word less 1 has, added to it.
///   - ends: where the next neighbour of each word goes. One place past its last neighbour may be written to.
///   - steps: 1 for words whose neighbours are wanted, else 0, as for word 0.
///
/// Complexity: O(places), without branches that depend on the words.
package func gatherNeighbors(
  _ row: Span<UInt16>, tag: UInt16, document: UInt32, steps: borrowing PlainBuffer<Int>, ends: inout PlainBuffer<Int>,
  documents: inout PlainBuffer<UInt32>, neighbors: inout PlainBuffer<UInt16>
) -> Bool {
  guard row.count > 1 else { return true }
  let steps = steps.span
  var ends = ends.mutableSpan
  var documents = documents.mutableSpan
  var neighbors = neighbors.mutableSpan
  precondition(steps.count == ends.count && documents.count == neighbors.count, "stretches have other words or memory")
  let limit = documents.count
  var first = Int(row[0])
  for index in 1..<row.count {
    // Safe: inside the row; the stretch's end is checked against the memory, and the word, against the stretches.
    let second = unsafe row[unchecked: index]
    let place = ends[first]
    guard place >= 0, place < limit else { return false }
    unsafe documents[unchecked: place] = document
    unsafe neighbors[unchecked: place] = (second &- 1) | tag
    unsafe ends[unchecked: first] = place &+ (second == 0 ? 0 : steps[unchecked: first])
    first = Int(second)
  }
  return true
}

/// Groups neighbours, which are in the order of documents, by word, and counts those with the same word and document as one.
///
/// The groups of words 0, 1, 2… lie in `grouped` from `starts` to `ends`, and beside them how often the words are in each document,
/// in all and, document by document, in each of the fields. All grow where they must.
///
/// - Parameters:
///   - neighbors: a word below `starts.count`, a power of two, and above its bits the field.
///   - fieldCount: how many fields are counted apart, in front of the others.
///
/// Complexity: O(neighbours · fields + words).
package func groupNeighbors(
  documents: Span<UInt32>, neighbors: Span<UInt16>, fieldCount: Int, starts: inout PlainBuffer<UInt32>,
  ends: inout PlainBuffer<UInt32>, grouped: inout PlainBuffer<UInt32>, occurrences: inout PlainBuffer<UInt32>,
  fieldCounts: inout PlainBuffer<UInt32>
) {
  precondition(documents.count == neighbors.count && documents.count < Int(UInt32.max), "there are too many neighbours")
  let mask = starts.count - 1
  precondition(starts.count & mask == 0 && ends.count == starts.count, "the number of words is no power of two")
  var starts = starts.mutableSpan
  var ends = ends.mutableSpan
  for word in ends.indices { ends[word] = 0 }
  // Safe: words are masked, and there are as many starts and ends; the groups together have as many places as neighbours.
  for index in neighbors.indices { unsafe ends[unchecked: Int(neighbors[unchecked: index]) & mask] &+= 1 }
  var sum: UInt32 = 0
  for word in ends.indices {
    let count = ends[word]
    starts[word] = sum
    ends[word] = sum
    sum &+= count
  }
  makeRoom(documents.count, &grouped)
  makeRoom(documents.count, &occurrences)
  makeRoom(documents.count * fieldCount, &fieldCounts)
  var grouped = grouped.mutableSpan
  var occurrences = occurrences.mutableSpan
  var fieldCounts = fieldCounts.mutableSpan
  let fieldShift = UInt16(mask.nonzeroBitCount)
  for index in neighbors.indices {
    let neighbor = unsafe neighbors[unchecked: index]
    let word = Int(neighbor) & mask
    let document = unsafe documents[unchecked: index]
    let end = unsafe Int(ends[unchecked: word])
    // The document may be the group's last. At place -1 there is none; place 0 stands for it, and is not in the group.
    let last = max(0, end &- 1)
    let isSame = unsafe end > Int(starts[unchecked: word]) && grouped[unchecked: last] == document
    let place = isSame ? last : end
    unsafe grouped[unchecked: place] = document
    unsafe occurrences[unchecked: place] = (isSame ? occurrences[unchecked: place] : 0) &+ 1
    let field = Int(neighbor &>> fieldShift)
    for counted in 0..<fieldCount {
      let cell = place &* fieldCount &+ counted
      unsafe fieldCounts[unchecked: cell] = (isSame ? fieldCounts[unchecked: cell] : 0) &+ (field == counted ? 1 : 0)
    }
    unsafe ends[unchecked: word] = UInt32(truncatingIfNeeded: place &+ 1)
  }
}

private func makeRoom(_ count: Int, _ buffer: inout PlainBuffer<UInt32>) {
  if buffer.count < count { buffer.resize(to: count, repeating: 0) }
}
