import Foundation

/// One query of a benchmark's list.
struct BenchmarkQuery: Hashable, Sendable {
  /// The query text.
  var text: String
  /// Whether words side by side are joined by OR.
  var joinsWithOr: Bool
}

/// Reads query lists.
///
/// - `.jsonl`: objects with `query` and, in the search-benchmark-game's list, `tags`; there `a b` means any of the words and
///   `+a +b` all of them.
/// - `.tsv`: the query is the last column.
/// - anything else: one query a line; lines that start with `#` are remarks.
enum BenchmarkQueryList {
  /// The queries of a file, in order; empty lines are passed over.
  static func read(_ path: String, joinsWithOr: Bool) throws -> [BenchmarkQuery] {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw Failure(.inputOutput, "The query list \(path) cannot be read as text: \(error.localizedDescription)")
    }
    let isJSON = path.hasSuffix(".jsonl")
    let isTable = path.hasSuffix(".tsv")
    var queries: [BenchmarkQuery] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      guard !line.allSatisfy({ $0 == " " }) else { continue }
      if isJSON {
        queries.append(try query(fromJSON: line, place: "\(path):\(index + 1)", joinsWithOr: joinsWithOr))
      } else if isTable {
        queries.append(BenchmarkQuery(text: String(line.split(separator: "\t").last ?? ""), joinsWithOr: joinsWithOr))
      } else if !line.hasPrefix("#") {
        queries.append(BenchmarkQuery(text: String(line), joinsWithOr: joinsWithOr))
      }
    }
    guard !queries.isEmpty else { throw Failure(.usage, "The query list \(path) holds no query.") }
    return queries
  }

  private struct Entry: Decodable {
    var query: String
    var tags: [String]?
  }

  private static func query(fromJSON line: Substring, place: String, joinsWithOr: Bool) throws -> BenchmarkQuery {
    guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)) else {
      throw Failure(.usage, "\(place): not a JSON object with a `query`.")
    }
    return BenchmarkQuery(text: entry.query, joinsWithOr: joinsWithOr || entry.tags != nil)
  }
}
