import BitKernels
import IndexStorage

/// A run of documents as rows of words: which frequent word stands at each of their positions.
struct WordGrid {
  /// The positions after which a run ends with the document at hand: so few that the rows stay in a near cache.
  private static let leastPositionCount = 1 << 18

  private let lists: PostingLists
  /// The documents of the run.
  private var documents = 0..<0
  /// At each position a word's number plus 1, or 0.
  private var words: [UInt16] = []
  /// Where the row of each document begins; one more at the end.
  private var starts: [Int] = []

  init(of lists: PostingLists) { self.lists = lists }

  /// The number of positions of the run.
  var positionCount: Int { words.count }

  /// Makes the documents after the current ones the run; false where there are none.
  mutating func advance() -> Bool {
    guard documents.upperBound < lists.documentCount else { return false }
    let fieldGaps = lists.lengths.further.count
    var end = documents.upperBound
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    repeat {
      starts.append(starts[starts.count - 1] + Int(lists.lengths.total[end]) + fieldGaps)
      end += 1
    } while end < lists.documentCount && starts[starts.count - 1] < Self.leastPositionCount
    documents = documents.upperBound..<end
    words = Array(repeating: 0, count: starts[starts.count - 1])
    return true
  }

  /// Writes a word where it stands in the documents of the run.
  ///
  /// - Parameter positions: scratch.
  mutating func insert(_ word: Int, _ cursor: inout PostingsCursor, _ positions: inout [UInt32]) throws(StorageError) {
    let mark = UInt16(word + 1)
    var target = UInt32(documents.lowerBound)
    while try cursor.advance(toBlockWith: target) {
      for index in cursor.range(from: target, to: UInt32(documents.upperBound)) {
        let row = Int(cursor.document(at: index)) - documents.lowerBound
        let count = try cursor.readPositions(at: index, into: &positions)
        let start = starts[row]
        guard count > 0, start + Int(positions[count - 1]) < starts[row + 1] else {
          throw cursor.corrupt("a word stands past the end of its document")
        }
        for place in 0..<count { words[start + Int(positions[place])] = mark }
      }
      guard cursor.lastDocument < documents.upperBound else { return }
      target = cursor.lastDocument + 1
    }
  }

  /// Adds the pairs of all documents of the run.
  func addPairs(to occurrences: inout PairOccurrences) {
    let lengths = lists.lengths
    for document in documents {
      var start = starts[document - documents.lowerBound]
      let end = starts[document - documents.lowerBound + 1]
      for field in lengths.further.indices {
        let length = Int(lengths.further[field][document])
        occurrences.add(words.span.extracting(start..<start + length), field: field, document: UInt32(document))
        start += length + 1
      }
      occurrences.add(words.span.extracting(start..<end), field: lengths.further.count, document: UInt32(document))
    }
  }
}
