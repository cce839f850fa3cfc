import IndexStorage

/// What bounds the score of a word in a run of documents, whatever the parameters: a few (occurrences, length) pairs that
/// dominate every document.
package struct ScoreBound: Hashable, Sendable {
  /// So many occurrences in an article of so many words.
  package struct Pair: Hashable, Sendable {
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

  func write(to writer: inout ByteWriter) {
    writer.append(UInt8(pairs.count))
    var last = Pair(occurrences: 0, length: 0)
    for pair in pairs {
      writer.appendVarint(UInt64(pair.occurrences - last.occurrences))
      writer.appendVarint(UInt64(pair.length - last.length))
      last = pair
    }
    for count in maximumFieldCounts { writer.appendVarint(UInt64(count)) }
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

/// Gathers the bound of a run of documents.
struct ScoreBoundBuilder {
  /// The shortest length by occurrences; the last entry stands for that many or more.
  private var shortest = InlineArray<64, UInt32>(repeating: .max)
  private var largest: UInt32 = 0
  private var maximumFieldCounts: [UInt32]

  init(furtherFieldCount: Int) { maximumFieldCounts = Array(repeating: 0, count: furtherFieldCount) }

  mutating func add(occurrences: UInt32, length: UInt32) {
    let index = Int(min(occurrences, 63))
    shortest[index] = min(shortest[index], length)
    largest = max(largest, occurrences)
  }

  mutating func add(fieldCount: UInt32, field: Int) {
    maximumFieldCounts[field] = max(maximumFieldCounts[field], fieldCount)
  }

  mutating func add(_ bound: ScoreBound) {
    for pair in bound.pairs { add(occurrences: pair.occurrences, length: pair.length) }
    for field in maximumFieldCounts.indices { add(fieldCount: bound.maximumFieldCounts[field], field: field) }
  }

  /// The bound of what was added, with at most ``PostingsFormat/maximumPairs`` pairs.
  var bound: ScoreBound {
    var bound = ScoreBound(maximumFieldCounts: maximumFieldCounts)
    var best = UInt32.max
    for index in stride(from: 63, through: 0, by: -1) where shortest[index] < best {
      best = shortest[index]
      bound.pairs.append(ScoreBound.Pair(occurrences: index == 63 ? largest : UInt32(index), length: best))
    }
    bound.pairs.reverse()
    while bound.pairs.count > PostingsFormat.maximumPairs { joinClosest(&bound.pairs) }
    return bound
  }

  /// Replaces the two neighbours whose join loosens the bound least by one pair that dominates both.
  private func joinClosest(_ pairs: inout [ScoreBound.Pair]) {
    func loss(_ index: Int) -> Double {
      Double(pairs[index + 1].occurrences - pairs[index].occurrences) / Double(pairs[index + 1].occurrences)
        * Double(pairs[index + 1].length - pairs[index].length) / Double(max(1, pairs[index + 1].length))
    }
    let index = (0..<pairs.count - 1).min { loss($0) < loss($1) }!
    pairs[index].occurrences = pairs[index + 1].occurrences
    pairs.remove(at: index + 1)
  }
}
