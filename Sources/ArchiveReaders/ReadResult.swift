import SearchAPI

/// What the next record of an archive turned out to be.
package enum ReadResult: Hashable, Sendable {
  /// An article.
  case article(Article)
  /// Something that could not be read; the run goes on behind it.
  case skipped(SkippedRecord)
}

/// A record or file that was not read, and why.
package struct SkippedRecord: Hashable, Sendable, CustomStringConvertible {
  /// Where: a file, and where known its line (`dump.jsonl:9921`) or its record (`dump.json#17`).
  package let origin: String
  /// Why, a short sentence without a full stop.
  package let reason: String

  /// Makes a skipped record.
  package init(origin: String, reason: String) {
    self.origin = origin
    self.reason = reason
  }

  /// Place and reason, as a message shows them.
  package var description: String { "\(origin): \(reason)" }
}

/// A remark on an article that was read all the same.
package struct ReadingWarning: Hashable, Sendable, CustomStringConvertible {
  /// Where, as in ``SkippedRecord/origin``.
  package let origin: String
  /// What was left out of the article, a short sentence without a full stop.
  package let message: String

  /// Place and remark, as a message shows them.
  package var description: String { "\(origin): \(message)" }
}

/// What a stream has read so far.
package struct ReadingCounters: Hashable, Sendable {
  /// The articles delivered.
  package var articles = 0
  /// The records and files skipped.
  package var skipped = 0
  /// The files opened.
  package var files = 0
  /// The files inside folders left alone because their kind is none that is read.
  package var otherFiles = 0
  /// The symbolic links, devices, pipes and sockets inside folders, none of which is followed or read.
  package var links = 0
  /// The places where invalid UTF-8, a NUL or half a surrogate pair was replaced by U+FFFD.
  package var repairs = 0
  /// The articles that stay undated because their date could not be read.
  package var unreadableDates = 0
  /// The fields left out because their value was of a kind that is no text.
  package var unusableValues = 0
  /// The first few remarks on articles.
  package var warnings: [ReadingWarning] = []
}
