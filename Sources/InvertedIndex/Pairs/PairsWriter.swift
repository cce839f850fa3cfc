import IndexStorage

/// Writes the dictionary of pairs and their postings, pair by pair, ascending.
struct PairsWriter: ~Copyable {
  private let file: CheckedFileWriter
  private var table: KeyTableWriter
  private var previous: PairEntry?
  var postings: PostingsWriter

  /// - Parameter leastDocumentCount: a word in so many documents is frequent.
  init(
    file: CheckedFileWriter, postings: CheckedFileWriter, leastDocumentCount: Int, lengths: DocumentLengths
  ) throws(StorageError) {
    self.file = file
    table = KeyTableWriter(file: file)
    var head = ByteWriter()
    head.append(UInt32(clamping: leastDocumentCount))
    try postings.append(head.bytes)
    self.postings = PostingsWriter(file: postings, positions: nil, lengths: lengths)
  }

  /// Ends the list that was added to ``postings``: that of a pair greater than the one before.
  mutating func endPair(_ key: [UInt8]) throws(StorageError) {
    let entry = PairEntry(try postings.endList())
    let base = previous
    try table.append(key) { writer, startsBlock in entry.write(to: &writer, previous: startsBlock ? nil : base) }
    previous = entry
  }

  /// Completes both files.
  mutating func finish() throws(StorageError) -> (pairs: FileSummary, postings: FileSummary) {
    try table.end()
    let lists = try postings.finish()
    return (try file.finish(), lists.postings)
  }
}
