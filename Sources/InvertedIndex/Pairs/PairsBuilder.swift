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
  private var fieldCounts: [UInt32]

  /// The positions read after which the memory of the files is given back.
  private static let positionsPerRelease = 1 << 25

  /// - Parameter memoryByteCount: what may be taken, as far as a single first word does not need more.
  init(of words: FrequentWords, lists: PostingLists, memoryByteCount: Int) {
    self.lists = lists
    self.memoryByteCount = memoryByteCount
    self.words = words
    fieldCounts = Array(repeating: 0, count: lists.lengths.further.count)
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
    var end = first
    var byteCount = 0
    repeat {
      byteCount += words.entries[end].occurrenceCount * PairOccurrences.byteCountPerOccurrence
      end += 1
    } while end < words.count && byteCount < memoryByteCount
    return end
  }

  private func gather(pairsFrom turn: Range<Int>) throws(StorageError) -> PairOccurrences {
    var occurrences = PairOccurrences(firstWords: turn, of: words)
    var cursors = OwnedArray<PostingsCursor>(capacity: words.count)
    for entry in words.entries { cursors.append(try lists.cursor(for: entry)) }
    var grid = WordGrid(of: lists)
    var positions: [UInt32] = []
    var positionsSinceRelease = 0
    while grid.advance() {
      for word in 0..<cursors.count { try grid.insert(word, &cursors[word], &positions) }
      grid.addPairs(to: &occurrences)
      positionsSinceRelease += grid.positionCount
      if positionsSinceRelease > Self.positionsPerRelease {
        lists.releaseAll()
        positionsSinceRelease = 0
      }
    }
    return occurrences
  }

  private mutating func write(
    _ occurrences: PairOccurrences, from first: Int, to writer: inout PairsWriter
  ) throws(StorageError) {
    occurrences.sort(first, into: &sorted)
    var start = 0
    for (second, end) in sorted.ends.enumerated() where end > start {
      try addDocuments(start..<end, to: &writer)
      try writer.endPair(PairsFormat.key(words.term(first), words.term(second)))
      start = end
    }
  }

  /// Adds the documents of one pair.
  private mutating func addDocuments(_ range: Range<Int>, to writer: inout PairsWriter) throws(StorageError) {
    var next = range.lowerBound
    while next < range.upperBound {
      let document = sorted.documents[next]
      var occurrences: UInt32 = 0
      for field in fieldCounts.indices { fieldCounts[field] = 0 }
      while next < range.upperBound, sorted.documents[next] == document {
        let field = Int(sorted.fields[next])
        if field < fieldCounts.count { fieldCounts[field] += 1 }
        occurrences += 1
        next += 1
      }
      let documents: InlineArray<1, UInt32> = [document]
      let counts: InlineArray<1, UInt32> = [occurrences]
      try writer.postings.add(documents: documents.span, occurrences: counts.span, fieldCounts: fieldCounts.span)
    }
  }
}
