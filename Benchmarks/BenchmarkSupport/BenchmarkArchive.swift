import ArchiveReaders
import Foundation
import SearchAPI

/// The articles that benchmarks run on: those of the repository's `data/`, or of what `LEDE_BENCHMARK_ARTICLES` names.
package struct BenchmarkArchive {
  /// A file or a folder.
  package let path: String

  /// The archive that the environment names.
  package init() { path = ProcessInfo.processInfo.environment["LEDE_BENCHMARK_ARTICLES"] ?? "data/archive" }

  /// Calls `body` with the articles in their order, until it returns false; what cannot be read is left out.
  package func forEachArticle(_ body: (Article) async throws -> Bool) async throws {
    for case .article(let article) in try ArchiveStream(inputs: [ArchiveInput(path)]) {
      guard try await body(article) else { return }
    }
  }
}
