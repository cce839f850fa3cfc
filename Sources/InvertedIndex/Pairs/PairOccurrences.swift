import BitKernels
import IndexStorage

/// Where the pairs of some first words occur, gathered in the order of documents: a stretch of one row for each first word, which
/// holds the second word of each occurrence and its document.
struct PairOccurrences: ~Copyable {
  private let firstWords: Range<Int>
  /// Where the stretch of each first word begins, and one more at the end.
  private var starts: [Int] = [0]
  // By a word's number plus 1; what is no word or not a first one has a place of its own at the end, and stays there.

  /// Where the stretch ends as far as it is filled.
  private var ends: PlainBuffer<Int>
  /// 1 for first words.
  private var steps: PlainBuffer<Int>
  private var documents: PlainBuffer<UInt32>
  /// The second word, and above it the field.
  private var places: PlainBuffer<UInt16>

  private static let wordBits: UInt16 = 11
  /// The bytes that an occurrence takes.
  static let byteCountPerOccurrence = 6

  /// - Parameters:
  ///   - firstWords: numbers among the frequent words.
  ///   - words: all frequent words; each may be second.
  init(firstWords: Range<Int>, of words: FrequentWords) {
    precondition(words.count <= 1 << Int(Self.wordBits), "there are too many frequent words")
    self.firstWords = firstWords
    var end = 0
    for word in firstWords {
      // One more, because the place after the last one is written to.
      end += words.entries[word].occurrenceCount + 1
      starts.append(end)
    }
    ends = PlainBuffer(repeating: end, count: words.count + 1)
    steps = PlainBuffer(repeating: 0, count: words.count + 1)
    for word in firstWords {
      ends[word + 1] = starts[word - firstWords.lowerBound]
      steps[word + 1] = 1
    }
    documents = PlainBuffer(unwritten: end + 1)
    places = PlainBuffer(unwritten: end + 1)
  }

  /// Adds the pairs of one field of a document, which must come after those before; false where there are more than there is room
  /// for.
  ///
  /// - Parameter words: the word at each position, as its number plus 1; 0 for words that are not frequent.
  mutating func add(_ words: Span<UInt16>, field: Int, document: UInt32) -> Bool {
    gatherNeighbors(
      words, tag: UInt16(field) << Self.wordBits, document: document, steps: steps, ends: &ends, documents: &documents,
      neighbors: &places)
  }

  /// The pairs of one first word, in the order of second words.
  struct Sorted: ~Copyable {
    /// The documents of each pair, in the groups that ``range(ofPairWith:)`` says.
    fileprivate(set) var documents = PlainBuffer<UInt32>()
    /// The occurrences in each.
    fileprivate(set) var occurrences = PlainBuffer<UInt32>()
    /// The occurrences by further field, document by document.
    fileprivate(set) var fieldCounts = PlainBuffer<UInt32>()
    fileprivate var starts = PlainBuffer<UInt32>(repeating: 0, count: 1 << Int(PairOccurrences.wordBits))
    fileprivate var ends = PlainBuffer<UInt32>(repeating: 0, count: 1 << Int(PairOccurrences.wordBits))

    /// Where the documents with a second word are.
    func range(ofPairWith second: Int) -> Range<Int> { Int(starts[second])..<Int(ends[second]) }

    /// The bytes that an occurrence takes.
    static func byteCountPerOccurrence(fieldCount: Int) -> Int { 8 + 4 * fieldCount }
  }

  /// Brings the pairs of a first word into the order of second words, then documents.
  ///
  /// - Parameter fieldCount: the number of further fields.
  ///
  /// Complexity: O(occurrences + words).
  func sort(_ first: Int, fieldCount: Int, into sorted: inout Sorted) {
    let stretch = starts[first - firstWords.lowerBound]..<ends[first + 1]
    groupNeighbors(
      documents: documents.span.extracting(stretch), neighbors: places.span.extracting(stretch), fieldCount: fieldCount,
      starts: &sorted.starts, ends: &sorted.ends, grouped: &sorted.documents, occurrences: &sorted.occurrences,
      fieldCounts: &sorted.fieldCounts)
  }
}
