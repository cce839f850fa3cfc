import Foundation
import QueryLanguage

/// One line of a list of queries.
struct MeasuredQuery {
  let id: String
  /// A finer kind, as `or4`.
  let group: String
  /// `term`, `or`, `and`, `phrase` or `bool`.
  let type: String
  let words: String
  let query: Query

  /// Reads lines `id<TAB>class<TAB>type<TAB>words`; other lines are passed over.
  static func list(inFile path: String) throws -> [MeasuredQuery] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 4, !parts[3].isEmpty else { return nil }
      return MeasuredQuery(
        id: parts[0], group: parts[1], type: parts[2], words: parts[3], query: GameIndex.parse(text(parts[3], type: parts[2])))
    }
  }

  /// The same query among articles of some dates.
  func restricted(to range: DateRange) -> MeasuredQuery {
    MeasuredQuery(id: id, group: group, type: type, words: words, query: .and([query, .date(range)]))
  }

  /// The words in the game's syntax.
  private static func text(_ words: String, type: String) -> String {
    switch type {
    case "and": words.split(separator: " ").map { "+" + $0 }.joined(separator: " ")
    case "phrase": "\"" + words + "\""
    default: words
    }
  }
}
