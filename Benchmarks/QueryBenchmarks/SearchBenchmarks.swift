import Benchmark
import QueryLanguage
import SearchAPI

/// The engine alone: documents and scores, or a count; no stored fields.
func searchBenchmark(_ queryClass: QueryClass) {
  Benchmark(queryClass.name) { (benchmark: Benchmark, state: SearchState) in
    let query = state.nextQuery(benchmark)
    benchmark.startMeasurement()
    let found = try state.index.search(
      query, ranking: queryClass.ranking, limit: queryClass.limit, countsMatches: queryClass.counts)
    benchmark.stopMeasurement()
    blackHole(found)
  } setup: {
    try await SearchState(queryClass)
  }
}

/// What a result list asks for: ten hits with titles, dates and passages, and the count.
func resultPageBenchmark() {
  Benchmark("result page, union of 3 words") { (benchmark: Benchmark, state: SearchState) in
    let request = SearchRequest(state.nextQuery(benchmark), countsMatches: true, passageLength: 240)
    benchmark.startMeasurement()
    let response = try await state.index.backend.search(request)
    benchmark.stopMeasurement()
    blackHole(response.hits.count)
  } setup: {
    try await SearchState(.union3)
  }
}

/// What the iterations of a class share.
private struct SearchState {
  let index: SampleIndex
  private let queries: [Query]

  init(_ queryClass: QueryClass) async throws {
    index = try await SampleIndex()
    queries = try index.queries(queryClass)
  }

  func nextQuery(_ benchmark: Benchmark) -> Query { queries[benchmark.currentIteration % queries.count] }
}
