/// Delivers the articles of one file, one at a time. One class for each format.
protocol ArticleReader: AnyObject {
  /// The next article or the next thing that could not be read; nil at the end of the file.
  func next() -> ReadResult?
}

/// What every reader is given: the bytes of its file, the file's name, and the options and counters of the stream.
struct ReaderContext {
  let window: ByteWindow
  /// The file's name in ids and messages.
  let fileName: String
  let options: ReadingOptions
  let tally: ReadingTally

  /// How messages name the n-th record of the file, counted from 1.
  func origin(record number: Int) -> String { "\(fileName)#\(number)" }

  /// A skipped record at a line, counted from 1.
  func skipped(line: Int, _ reason: String) -> ReadResult {
    .skipped(SkippedRecord(origin: "\(fileName):\(line)", reason: reason))
  }

  /// A skipped n-th record.
  func skipped(record number: Int, _ reason: String) -> ReadResult {
    .skipped(SkippedRecord(origin: origin(record: number), reason: reason))
  }

  /// The file as a whole, or what is left of it, skipped.
  func skipped(_ reason: String) -> ReadResult { .skipped(SkippedRecord(origin: fileName, reason: reason)) }

  /// Why a record of this size is skipped.
  func oversized(_ byteCount: Int) -> String {
    "the record has \(byteText(byteCount)), more than the \(byteText(options.maximumRecordBytes)) a record may have"
  }
}
