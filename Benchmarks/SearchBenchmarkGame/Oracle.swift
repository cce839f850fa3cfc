import ArgumentParser
import Foundation
import ReferenceBackend
import SearchAPI

/// Answers the queries of a list by the definitions, without an index, for the answers of engines to be held against.
struct Oracle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answer the queries of a list by looking at every word of every article.")

  @Argument(help: "The articles, JSON lines {\"id\",\"text\"}.") var articles: String
  @Argument(help: "Lines id<TAB>class<TAB>type<TAB>words.") var queries: String
  @Option(help: "The file that takes the answers.") var out: String
  @Option(help: "Answer every so many-th query only: each takes about a second for 70,000 articles.") var every = 1

  mutating func run() async throws {
    let backend = ReferenceBackend(storesText: false)
    let articles = articles
    _ = try await backend.write { writer in try await ArticleInput.add(articles, to: writer) }
    var answers: [Measurement] = []
    for (number, query) in try MeasuredQuery.list(inFile: queries).enumerated() where number % max(1, every) == 0 {
      let response = try await backend.search(SearchRequest(query.query, limit: 10, countsMatches: true))
      answers.append(
        Measurement(query, times: [0], count: response.matchCount, hits: response.hits.map { .init(id: $0.id, score: $0.score) }))
    }
    try MeasurementReport(engine: "oracle", index: articles, queries: queries, iters: 0, results: ["TOP_10": answers])
      .write(to: out)
  }
}
