import BitKernels
import IndexStorage

/// A run of documents as rows of words: which frequent word stands at each of their positions.
struct WordGrid: ~Copyable {
  /// The positions after which a run ends with the document at hand: so few that the rows stay in a near cache.
  private static let leastPositionCount = 1 << 18

  private let lists: PostingLists
  /// The documents of the run.
  private var documents = 0..<0
  /// At each position a word's number plus 1, or 0.
  private var words = PlainBuffer<UInt16>(capacity: leastPositionCount)
  private var rows = RowPlaces()

  init(of lists: PostingLists) { self.lists = lists }

  /// The number of positions of the run.
  var positionCount: Int { words.count }

  /// Makes the documents after the current ones the run; false where there are none.
  mutating func advance() -> Bool {
    guard documents.upperBound < lists.documentCount else { return false }
    let fieldGaps = lists.lengths.further.count
    var end = documents.upperBound
    var place = 0
    rows.firstDocument = UInt32(end)
    rows.starts.removeAll()
    rows.starts.append(0)
    repeat {
      place += Int(lists.lengths.total[end]) + fieldGaps
      rows.starts.append(place)
      end += 1
    } while end < lists.documentCount && place < Self.leastPositionCount
    documents = documents.upperBound..<end
    words.removeAll()
    words.resize(to: place, repeating: 0)
    return true
  }

  /// Writes a word where it stands in the documents of the run.
  mutating func insert(_ word: Int, _ cursor: inout PostingsCursor) throws(StorageError) {
    let mark = UInt16(word + 1)
    var target = UInt32(documents.lowerBound)
    while try cursor.advance(toBlockWith: target) {
      let range = cursor.range(from: target, to: UInt32(documents.upperBound))
      try cursor.markPositions(of: range, with: mark, in: rows, into: &words)
      guard cursor.lastDocument < documents.upperBound else { return }
      target = cursor.lastDocument + 1
    }
  }

  /// Adds the pairs of all documents of the run; false where there are more than their words have places.
  func addPairs(to occurrences: inout PairOccurrences) -> Bool {
    let further = lists.lengths.further
    for document in documents {
      var start = rows.starts[document - documents.lowerBound]
      let end = rows.starts[document - documents.lowerBound + 1]
      for field in further.indices {
        let length = Int(further[field][document])
        guard occurrences.add(words.span.extracting(start..<start + length), field: field, document: UInt32(document)) else {
          return false
        }
        start += length + 1
      }
      guard occurrences.add(words.span.extracting(start..<end), field: further.count, document: UInt32(document)) else {
        return false
      }
    }
    return true
  }
}
