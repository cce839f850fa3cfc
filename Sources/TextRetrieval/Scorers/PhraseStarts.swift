import BitKernels

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

  // While starts are narrowed, those before the document at hand are already moved down.

  /// Where narrowing has come to.
  struct Narrowing {
    fileprivate var output = 0
  }

  mutating func beginNarrowing() -> Narrowing {
    first = 0
    return Narrowing()
  }

  /// How many starts the document at hand has; all before it must have been narrowed.
  func count(_ index: Int) -> Int { ends[index] - first }

  func isEmpty(_ index: Int) -> Bool { ends[index] == first }

  /// Keeps the starts of a document for which a word stands at all its places; in the first word's turn, finds them. The word
  /// stands at the first `count` positions.
  mutating func narrow(
    _ index: Int, to positions: [UInt32], count: Int, places: [UInt32], isFirst: Bool, _ narrowing: inout Narrowing
  ) {
    if isFirst {
      if places[0] == 0 {
        starts.append(contentsOf: positions[..<count])
      } else {
        for index in 0..<count where positions[index] >= places[0] { starts.append(positions[index] - places[0]) }
      }
      for place in places.dropFirst() {
        let kept = intersectStarts(
          &starts, first..<starts.count, with: positions, count: count, place: place, movingTo: first)
        starts.removeLast(starts.count - kept)
      }
      ends[index] = starts.count
      narrowing.output = starts.count
      return
    }
    var range = first..<ends[index]
    for place in places {
      let kept = intersectStarts(&starts, range, with: positions, count: count, place: place, movingTo: narrowing.output)
      range = narrowing.output..<kept
    }
    narrowing.output = range.upperBound
  }

  /// Ends the document at hand; where it was not narrowed, it has no starts any more.
  mutating func end(_ index: Int, _ narrowing: inout Narrowing) {
    first = ends[index]
    ends[index] = narrowing.output
  }
}
