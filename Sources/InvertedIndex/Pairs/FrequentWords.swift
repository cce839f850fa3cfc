import IndexStorage

/// The words of a segment whose pairs are worth an index, in the order of the dictionary.
struct FrequentWords {
  /// The number of documents that makes a word frequent.
  let leastDocumentCount: Int
  private(set) var entries: [TermEntry] = []
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// No words, for an index that is not to have pairs.
  init() { leastDocumentCount = Int(UInt32.max) }

  /// Chooses the words.
  ///
  /// Complexity: O(terms).
  init(of terms: TermsReader, documentCount: Int) throws(StorageError) {
    var least = max(PairsFormat.leastDocumentCount, (documentCount + PairsFormat.sparsest - 1) / PairsFormat.sparsest)
    var cursor = KeyTableCursor(terms.table)
    var words: [(term: [UInt8], entry: TermEntry)] = []
    while try cursor.advance() {
      if cursor.payload.documentCount >= least { words.append((Array(cursor.key), cursor.payload)) }
    }
    if words.count > PairsFormat.maximumWordCount {
      let counts = words.map(\.entry.documentCount).sorted(by: >)
      least = counts[PairsFormat.maximumWordCount] + 1
    }
    leastDocumentCount = least
    for word in words where word.entry.documentCount >= least {
      entries.append(word.entry)
      bytes.append(contentsOf: word.term)
      ends.append(bytes.count)
    }
  }

  var count: Int { entries.count }

  /// The bytes of a word.
  func term(_ word: Int) -> ArraySlice<UInt8> { bytes[(word == 0 ? 0 : ends[word - 1])..<ends[word]] }
}
