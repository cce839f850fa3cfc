import IndexStorage

/// What bounds the score of a word in a run of documents, whatever the parameters: a few (occurrences, length) pairs that
/// dominate every document.
package struct ScoreBound: Hashable, Sendable {
  /// So many occurrences in an article of so many words.
  package struct Pair: Hashable, Sendable, BitwiseCopyable {
    /// Occurrences in all fields together.
    package var occurrences: UInt32
    /// Words of the article.
    package var length: UInt32
  }

  /// Ascending by occurrences and by length. Every document of the run has at most the occurrences of some pair, in at least
  /// its length.
  package internal(set) var pairs: [Pair] = []
  /// The largest number of occurrences in each further field.
  package internal(set) var maximumFieldCounts: [UInt32]

  /// Writes a bound of these parts.
  static func write(_ pairs: Span<Pair>, maximumFieldCounts: Span<UInt32>, to writer: inout ByteWriter) {
    writer.append(UInt8(pairs.count))
    var last = Pair(occurrences: 0, length: 0)
    for index in pairs.indices {
      let pair = pairs[index]
      writer.appendVarint(UInt64(pair.occurrences - last.occurrences))
      writer.appendVarint(UInt64(pair.length - last.length))
      last = pair
    }
    for field in maximumFieldCounts.indices { writer.appendVarint(UInt64(maximumFieldCounts[field])) }
  }

  static func read(_ reader: inout ByteReader, furtherFieldCount: Int) throws(StorageError) -> ScoreBound {
    var bound = ScoreBound(maximumFieldCounts: [])
    var last = Pair(occurrences: 0, length: 0)
    for _ in 0..<(try reader.readUInt8()) {
      last.occurrences &+= try reader.readVarint32()
      last.length &+= try reader.readVarint32()
      bound.pairs.append(last)
    }
    for _ in 0..<furtherFieldCount { bound.maximumFieldCounts.append(try reader.readVarint32()) }
    return bound
  }
}
