import QueryLanguage
import SearchAPI

/// A query drawn as a tree, each part with the number of articles it matches: what `--explain-query` prints.
///
///     all of           31 articles
///     ├─ lumber       402 articles
///     └─ tariff       388 articles
struct QueryTree {
  /// The drawing's lines.
  let lines: [String]

  /// Draws a query; asks the backend for one count per part.
  init(_ query: Query, on backend: some SearchBackend) async throws {
    var table = Table()
    try await QueryTree.append(query, to: &table, on: backend, first: "", rest: "")
    lines = table.lines()
  }

  private static func append(
    _ query: Query, to table: inout Table, on backend: some SearchBackend, first: String, rest: String
  ) async throws {
    let response = try await backend.search(SearchRequest(query, limit: 0, countsMatches: true))
    table.append([first + label(query), response.matchCount.map { Figures.count($0, "article") } ?? ""])
    let parts = parts(query)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      try await append(
        part, to: &table, on: backend, first: rest + (isLast ? "└─ " : "├─ "), rest: rest + (isLast ? "   " : "│  "))
    }
  }

  private static func label(_ query: Query) -> String {
    switch query {
    case .and: "all of"
    case .or: "any of"
    case .not: "not"
    case .required: "the first; the others add to the score"
    case .boosted(_, let weight): "weight \(weight)"
    default: PrintableText.line(of: query.description)
    }
  }

  private static func parts(_ query: Query) -> [Query] {
    switch query {
    case .and(let parts), .or(let parts): parts
    case .not(let part), .boosted(let part, _): [part]
    case .required(let part, let optional): [part] + optional
    case .everything, .nothing, .term, .phrase, .keyword, .date: []
    }
  }
}
