import Foundation
import InvertedIndex
import SearchAPI

/// What a build gives to be compared: one line of JSON with the names that `Benchmarks/Peers` uses for every engine.
struct BuildReport: Encodable {
  let engine = "lede"
  let docs: Int
  let segments: Int
  let input_bytes: Int
  let seconds: Double
  let mb_per_s: Double
  /// The bytes of the index but for `pairs_bytes`: no other engine has an index of pairs.
  let index_bytes: Int
  /// The bytes of the pairs of frequent words.
  let pairs_bytes: Int
  let index_to_input: Double
  /// The bytes of the index by part.
  let parts: [String: Int]

  init(statistics: IndexStatistics, inputByteCount: Int, seconds: Double) {
    docs = statistics.articleCount
    segments = statistics.segmentCount
    input_bytes = inputByteCount
    self.seconds = seconds
    mb_per_s = Double(inputByteCount) / 1e6 / seconds
    let parts = Dictionary(statistics.partSizes.map { ($0.name, $0.byteCount) }, uniquingKeysWith: +)
    self.parts = parts
    pairs_bytes = [SegmentFile.pairs, .pairPostings].reduce(0) { $0 + (parts[$1.title] ?? 0) }
    index_bytes = statistics.byteCount - pairs_bytes
    index_to_input = Double(index_bytes) / Double(max(1, inputByteCount))
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
