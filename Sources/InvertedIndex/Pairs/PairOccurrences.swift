/// Where the pairs of some first words occur, gathered in the order of documents: a stretch of one row for each first word, which
/// holds the second word of each occurrence and its document.
struct PairOccurrences {
  private let firstWords: Range<Int>
  private let wordCount: Int
  /// Where the stretch of each first word begins, and one more at the end.
  private var starts: [Int] = [0]
  /// Where it ends as far as it is filled.
  private var ends: [Int] = []
  private var documents: [UInt32]
  /// The second word, and above it the field.
  private var places: [UInt16]

  private static let wordBits: UInt16 = 11
  /// The bytes that an occurrence takes.
  static let byteCountPerOccurrence = 6

  /// - Parameters:
  ///   - firstWords: numbers among the frequent words.
  ///   - words: all frequent words; each may be second.
  init(firstWords: Range<Int>, of words: FrequentWords) {
    precondition(words.count <= 1 << Int(Self.wordBits), "there are too many frequent words")
    self.firstWords = firstWords
    wordCount = words.count
    for word in firstWords {
      ends.append(starts[starts.count - 1])
      starts.append(starts[starts.count - 1] + words.entries[word].occurrenceCount)
    }
    documents = Array(repeating: 0, count: starts[starts.count - 1])
    places = Array(repeating: 0, count: starts[starts.count - 1])
  }

  /// Adds the pairs of one field of a document, which must come after those before.
  ///
  /// - Parameter words: the word at each position, as its number plus 1; 0 for words that are not frequent.
  mutating func add(_ words: Span<UInt16>, field: Int, document: UInt32) {
    guard var second = words.isEmpty ? nil : words[0] else { return }
    let least = UInt16(firstWords.lowerBound + 1)
    let greatest = UInt16(firstWords.upperBound)
    let fieldBits = UInt16(field) << Self.wordBits
    for index in 1..<words.count {
      let first = second
      second = words[index]
      guard second != 0, first >= least, first <= greatest else { continue }
      let stretch = Int(first - least)
      let place = ends[stretch]
      documents[place] = document
      places[place] = second - 1 | fieldBits
      ends[stretch] = place + 1
    }
  }

  /// The pairs of one first word, in the order of second words.
  struct Sorted {
    fileprivate(set) var documents: [UInt32] = []
    /// The field of each.
    fileprivate(set) var fields: [UInt8] = []
    /// Where the occurrences with each second word end.
    fileprivate(set) var ends: [Int] = []
  }

  /// Brings the pairs of a first word into the order of second words, then documents.
  ///
  /// Complexity: O(occurrences + words).
  func sort(_ first: Int, into sorted: inout Sorted) {
    let stretch = starts[first - firstWords.lowerBound]..<ends[first - firstWords.lowerBound]
    var next = [Int](repeating: 0, count: wordCount + 1)
    let mask: UInt16 = 1 << Self.wordBits - 1
    for index in stretch { next[Int(places[index] & mask) + 1] += 1 }
    for word in 0..<wordCount { next[word + 1] += next[word] }
    if sorted.documents.count < stretch.count {
      sorted.documents = Array(repeating: 0, count: stretch.count)
      sorted.fields = Array(repeating: 0, count: stretch.count)
    }
    for index in stretch {
      let word = Int(places[index] & mask)
      let place = next[word]
      sorted.documents[place] = documents[index]
      sorted.fields[place] = UInt8(places[index] >> Self.wordBits)
      next[word] = place + 1
    }
    // Each has moved to where the next began.
    next.removeLast()
    sorted.ends = next
  }
}
