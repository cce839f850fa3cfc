/// The positions at which a phrase may start, for a run of documents.
struct PhraseStarts {
  private var documents: [UInt32] = []
  private var starts: [UInt32] = []
  /// Where the starts of each document end.
  private var ends: [Int] = []
  /// Where those of the document before end.
  private var first = 0

  var documentCount: Int { documents.count }

  func document(_ index: Int) -> UInt32 { documents[index] }

  /// Takes some documents, without starts.
  mutating func begin(_ candidates: borrowing Candidates, _ range: Range<Int>) {
    documents.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for index in range {
      documents.append(candidates.document(index))
      ends.append(0)
    }
  }

  /// The starts of a document.
  subscript(index: Int) -> ArraySlice<UInt32> { starts[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

  // While starts are narrowed, those before the document at hand are already moved down; `input` is where its own begin.

  /// Where narrowing has come to.
  struct Narrowing {
    fileprivate var input = 0
    fileprivate var output = 0
  }

  mutating func beginNarrowing() -> Narrowing {
    first = 0
    return Narrowing()
  }

  /// How many starts the document at hand has; all before it must have been narrowed.
  func count(_ index: Int) -> Int { ends[index] - first }

  func isEmpty(_ index: Int) -> Bool { ends[index] == first }

  /// Keeps the starts of a document for which a word stands at all its places; in the first word's turn, finds them.
  mutating func narrow(
    _ index: Int, to positions: [UInt32], places: [UInt32], isFirst: Bool, _ narrowing: inout Narrowing
  ) {
    if isFirst {
      for position in positions where position >= places[0] { starts.append(position - places[0]) }
      ends[index] = starts.count
      for place in places.dropFirst() {
        let kept = intersect(first..<starts.count, with: positions, place: place, movingTo: first)
        starts.removeLast(starts.count - kept)
        ends[index] = kept
      }
      narrowing.output = ends[index]
      return
    }
    var range = first..<ends[index]
    for place in places {
      let kept = intersect(range, with: positions, place: place, movingTo: narrowing.output)
      range = narrowing.output..<kept
    }
    narrowing.output = range.upperBound
  }

  /// Ends the document at hand; where it was not narrowed, it has no starts any more.
  mutating func end(_ index: Int, _ narrowing: inout Narrowing) {
    first = ends[index]
    ends[index] = narrowing.output
  }

  private mutating func intersect(
    _ range: Range<Int>, with positions: [UInt32], place: UInt32, movingTo output: Int
  ) -> Int {
    var kept = output
    var next = 0
    for index in range {
      let position = starts[index] + place
      while next < positions.count, positions[next] < position { next += 1 }
      if next == positions.count { break }
      if positions[next] == position {
        starts[kept] = starts[index]
        kept += 1
      }
    }
    return kept
  }
}
