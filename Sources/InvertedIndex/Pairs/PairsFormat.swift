import IndexStorage

// Two files: a dictionary of pairs and their postings.
//
// Pairs        ::= KeyTable whose keys are `first second`, two terms in UTF-8 with a space between, and whose payloads are
// payload      ::= documentCount:varint furtherOccurrences:varint postings:varint
//                  occurrences - documents; the place in the other file, as a difference from the entry before in the same
//                  block of keys, or from 0
// PairPostings ::= leastDocumentCount:u32 Postings              without positions; see PostingsFormat
//
// A pair is two words side by side in one field, the first in front. Every pair of frequent words that occurs is there, and no
// other: a word is frequent that is in at least leastDocumentCount documents of the segment. A pair of frequent words that is
// not there occurs nowhere. The lists count the places of the pair in each document, as those of a word count the word, so that a
// phrase of two frequent words is read as if it were one word. Source: Williams, Zobel & Bahle 2004 ("Fast Phrase Querying with
// Combined Indexes"), whose nextword index this is for the pairs that cost most.
//
// Example: a pair in documents 7 and 9, three times in all, postings at 130, first in its block → 02 01 82 01
//          — checked by WorkedExampleTests.pairs

/// Which words and pairs are in the index of pairs.
enum PairsFormat {
  /// A word is frequent that is in 1 of so many documents.
  static let sparsest = 32
  /// A word in fewer documents is never frequent.
  static let leastDocumentCount = 16
  /// So many words are frequent at most; where there are more, those in the most documents.
  static let maximumWordCount = 2_048
  /// The bytes before the lists.
  static let headByteCount = 4

  /// The key of a pair. Terms have no character below a space, so that keys are in the order of first words, then second ones.
  static func key(_ first: some Sequence<UInt8>, _ second: some Sequence<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    makeKey(&key, first, second)
    return key
  }

  /// Makes `key` the key of a pair, in the memory that it has.
  static func makeKey(_ key: inout [UInt8], _ first: some Sequence<UInt8>, _ second: some Sequence<UInt8>) {
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: first)
    key.append(0x20)
    key.append(contentsOf: second)
  }
}

/// What the dictionary says of a pair: an entry whose postings lie in the file of pairs.
struct PairEntry: KeyPayload {
  var entry: TermEntry

  init() {
    entry = TermEntry()
    entry.hasList = true
  }

  init(_ entry: TermEntry) { self.entry = entry }

  /// Appends the entry; `previous` is the one before it in the same block.
  func write(to writer: inout ByteWriter, previous: PairEntry?) {
    writer.appendVarint(UInt64(entry.documentCount))
    writer.appendVarint(UInt64(entry.occurrenceCount - entry.documentCount))
    writer.appendVarint(UInt64(entry.postingsOffset - (previous?.entry.postingsOffset ?? 0)))
  }

  @_lifetime(reader: copy reader)
  mutating func readNext(_ reader: inout ByteReader) throws(StorageError) {
    entry.documentCount = Int(try reader.readVarint32())
    guard entry.documentCount > 0 else { throw reader.corrupt("a pair without documents") }
    entry.occurrenceCount = try reader.readOffset() + entry.documentCount
    entry.postingsOffset += try reader.readOffset()
  }
}
