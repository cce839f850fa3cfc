import BitKernels
import IndexStorage

/// Makes the index of pairs of a segment from its words and positions, which are already written.
///
/// Building and merging both end with it, so that it follows from the words alone and can be made again.
///
/// Documents are laid out as rows of frequent words, a run at a time, and neighbours are gathered by first word, then sorted by
/// second. First words are taken in as many turns as memory asks for.
struct PairsBuilder: ~Copyable {
  private let lists: PostingLists
  private let words: FrequentWords
  private let memoryByteCount: Int
  private var sorted = PairOccurrences.Sorted()
  private var key: [UInt8] = []

  /// The positions read after which the memory of the files is given back.
  private static let positionsPerRelease = 1 << 25

  /// - Parameter memoryByteCount: what may be taken, as far as a single first word does not need more.
  init(of words: FrequentWords, lists: PostingLists, memoryByteCount: Int) {
    self.lists = lists
    self.memoryByteCount = memoryByteCount
    self.words = words
  }

  /// Writes the pairs.
  ///
  /// Complexity: O(occurrences of frequent words) for each turn.
  mutating func write(to files: SegmentFilesWriter) throws(StorageError) -> (pairs: FileSummary, postings: FileSummary) {
    var writer = try PairsWriter(
      file: try files.makeFile(.pairs), postings: try files.makeFile(.pairPostings),
      leastDocumentCount: words.leastDocumentCount, lengths: lists.lengths)
    var first = 0
    while first < words.count {
      let turn = first..<endOfTurn(from: first)
      let occurrences = try gather(pairsFrom: turn)
      for word in turn { try write(occurrences, from: word, to: &writer) }
      first = turn.upperBound
    }
    return try writer.finish()
  }

  /// As many words from `first` on as memory allows, at least one.
  private func endOfTurn(from first: Int) -> Int {
    let sortedByteCount = PairOccurrences.Sorted.byteCountPerOccurrence(fieldCount: lists.lengths.further.count)
    var end = first
    var byteCount = 0
    var greatest = 0
    repeat {
      byteCount += words.entries[end].occurrenceCount * PairOccurrences.byteCountPerOccurrence
      greatest = max(greatest, words.entries[end].occurrenceCount)
      end += 1
    } while end < words.count && byteCount + greatest * sortedByteCount < memoryByteCount
    return end
  }

  private func gather(pairsFrom turn: Range<Int>) throws(StorageError) -> PairOccurrences {
    var occurrences = PairOccurrences(firstWords: turn, of: words)
    var cursors = OwnedArray<PostingsCursor>(capacity: words.count)
    for entry in words.entries { cursors.append(try lists.cursor(for: entry)) }
    var grid = WordGrid(of: lists)
    var positionsSinceRelease = 0
    while grid.advance() {
      for word in 0..<cursors.count { try grid.insert(word, &cursors[word]) }
      guard grid.addPairs(to: &occurrences) else {
        throw lists.postings.corrupt(at: 0, "frequent words occur more often than the dictionary says")
      }
      positionsSinceRelease += grid.positionCount
      if positionsSinceRelease > Self.positionsPerRelease {
        lists.releaseAll()
        positionsSinceRelease = 0
      }
    }
    return occurrences
  }

  private mutating func write(
    _ occurrences: borrowing PairOccurrences, from first: Int, to writer: inout PairsWriter
  ) throws(StorageError) {
    let fieldCount = lists.lengths.further.count
    occurrences.sort(first, fieldCount: fieldCount, into: &sorted)
    for second in 0..<words.count {
      let range = sorted.range(ofPairWith: second)
      if range.isEmpty { continue }
      try writer.postings.add(
        documents: sorted.documents.span.extracting(range),
        occurrences: sorted.occurrences.span.extracting(range),
        fieldCounts: sorted.fieldCounts.span.extracting(
          range.lowerBound * fieldCount..<range.upperBound * fieldCount))
      PairsFormat.makeKey(&key, words.term(first), words.term(second))
      try writer.endPair(key)
    }
  }
}
