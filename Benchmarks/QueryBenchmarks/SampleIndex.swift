import BenchmarkSupport
import Foundation
import IndexStorage
import InvertedIndex
import NativeBackend
import QueryLanguage
import SearchAPI
import TextRetrieval

/// The index that queries run on: the one in the folder that `LEDE_BENCHMARK_INDEX` names, or else one that is built of the
/// archive.
struct SampleIndex {
  private static let seed: UInt64 = 1

  let backend: any SearchBackend
  private let snapshot: IndexSnapshot
  private let parameters: ScoringParameters

  init() async throws {
    if let path = ProcessInfo.processInfo.environment["LEDE_BENCHMARK_INDEX"] {
      backend = try NativeBackend(openingAt: path)
      snapshot = try IndexSnapshot.open(try FileSystemDirectory(path: path))
    } else {
      let folder = FileManager.default.temporaryDirectory.appending(path: "lede-benchmark-\(UUID().uuidString)")
      // An index that is open stays readable without its files, and nobody has to remember them at the end.
      defer { try? FileManager.default.removeItem(at: folder) }
      backend = try NativeBackend(creatingAt: folder.path)
      try await backend.write { writer in
        try await BenchmarkArchive().forEachArticle { article in
          _ = try await writer.add(article)
          return true
        }
      }
      snapshot = try IndexSnapshot.open(try FileSystemDirectory(path: folder.path))
    }
    parameters = ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: snapshot.manifest.schema.textFields.map { _ in 1 })
  }

  /// The best documents of a query and, where asked for, the number of all that match; no stored fields.
  func search(
    _ query: Query, ranking: DocumentRanking, limit: Int, countsMatches: Bool
  ) throws(StorageError) -> (documents: [FoundDocument], matchCount: Int) {
    try Searcher(snapshot).search(
      query, parameters: parameters, ranking: ranking, limit: limit, countsMatches: countsMatches)
  }

  /// The queries of a class; prints what they are drawn from.
  func queries(_ queryClass: QueryClass) throws -> [Query] {
    var sampler = QuerySampler(snapshot, seed: SampleIndex.seed)
    let queries = try (0..<QueryClass.queryCount).map { _ in try queryClass.draw(&sampler) }
    let counts = try queries.map { try search($0, ranking: .relevance, limit: 0, countsMatches: true).matchCount }.sorted()
    print(
      "\(queryClass.name): seed \(SampleIndex.seed), \(snapshot.documentCount) articles in \(snapshot.segments.count) segments,",
      "\(counts[0]) to \(counts[counts.count - 1]) matches, median \(counts[counts.count / 2]); first: \(queries[0])")
    return queries
  }
}
