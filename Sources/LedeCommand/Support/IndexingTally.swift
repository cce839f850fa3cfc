import ArchiveReaders
import SearchAPI

/// What came of the articles of one run of indexing.
struct IndexingTally: Sendable {
  /// Articles added.
  private(set) var addedCount = 0
  /// Bytes of title and body of the articles added.
  private(set) var addedBytes = 0
  /// Articles that took the place of one with the same id and other content.
  private(set) var replacedCount = 0
  /// Where the first of them came from.
  private(set) var firstReplacement: String?
  /// Articles the index held already, word for word.
  private(set) var unchangedCount = 0
  /// Articles deleted because the run did not see them; nil where none were to be.
  var prunedCount: Int?
  /// Records and articles that did not get in.
  private(set) var skippedCount = 0
  /// The first few of them, with the reason, as messages name them.
  private(set) var skippedRecords: [SkippedRecord] = []
  /// What the readers counted, once they are at the end.
  private(set) var counters: ReadingCounters?
  /// The names of a field mapping that no record had.
  private(set) var unusedMappings: [String] = []

  /// How many skipped records are named.
  static let namedCount = 20

  /// The articles met, whatever became of them.
  var seenCount: Int { addedCount + replacedCount + unchangedCount }

  /// Counts what became of an article.
  mutating func count(_ outcome: AdditionOutcome, of article: Article) {
    switch outcome {
    case .added:
      addedCount += 1
      addedBytes += article.title.utf8.count + article.body.utf8.count
    case .unchanged: unchangedCount += 1
    case .replaced:
      replacedCount += 1
      firstReplacement = firstReplacement ?? article.origin
    case .refused(let reason): count(SkippedRecord(origin: article.origin, reason: reason))
    }
  }

  /// Takes over what the readers counted.
  mutating func finish(_ stream: ArchiveStream) {
    counters = stream.counters
    unusedMappings = stream.unusedMappings
  }

  /// Counts a record that did not get in.
  mutating func count(_ record: SkippedRecord) {
    skippedCount += 1
    if skippedRecords.count < IndexingTally.namedCount { skippedRecords.append(record) }
  }
}
