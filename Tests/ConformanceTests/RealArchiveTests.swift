import ArchiveReaders
import Foundation
import NativeBackend
import QueryLanguage
import ReferenceBackend
import SQLiteBackend
import SearchAPI
import Testing

/// Archives and queries too large to keep beside the tests: `../shared` of the package, or LEDE_SHARED.
private enum SharedArchive {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["LEDE_SHARED"] { return URL(filePath: path) }
    return URL(filePath: #filePath).appending(path: "../../../../shared").standardizedFileURL
  }()
  static let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "corpora").path)
}

@Suite(
  "Real archives",
  .enabled(if: SharedArchive.isThere, "the shared archives are not there"),
  .enabled(if: Extent.isLong, "only with LEDE_LONG=1: minutes in a release build"), .serialized)
struct RealArchiveTests {
  /// The first queries of the field's standard list that have more than one word, as the list means them: words side by side
  /// are alternatives.
  private func queries(_ count: Int, _ backend: any SearchBackend) throws -> [Query] {
    let list = try String(
      contentsOf: SharedArchive.folder.appending(path: "queries/search_benchmark_game.tsv"), encoding: .utf8)
    let texts = list.split(separator: "\n").compactMap { $0.split(separator: "\t").last.map(String.init) }
    return texts.prefix(count).map { backend.parse($0, QueryOptions(joinsWithOr: true)).query }
  }

  /// Indexes an archive in both backends and the oracle, and compares 200 queries.
  private func compare(_ path: String, format: ArchiveFormat? = nil, articleCount: Int) async throws {
    try await withTemporaryFolder { folder in
      let native = try NativeBackend(creatingAt: folder + "/native")
      let sqlite = try await SQLiteBackend(creatingAt: folder + "/sqlite")
      let oracle = ReferenceBackend()
      let backends: [any SearchBackend] = [native, sqlite, oracle]
      for backend in backends {
        let added = try await backend.write { writer async throws in
          var added = 0
          for case .article(let article) in try ArchiveStream(
            inputs: [ArchiveInput(path)], options: ReadingOptions(format: format))
          {
            if try await writer.add(article) == .added { added += 1 }
          }
          return added
        }
        #expect(added == articleCount, "\(backend.name)")
      }
      var compared = 0
      for query in try queries(200, native) {
        let request = SearchRequest(query, countsMatches: true)
        let fromNative = try await native.search(request)
        let fromSQLite = try await sqlite.search(request)
        let fromOracle = try await oracle.search(request)
        #expect(fromNative.matchCount == fromSQLite.matchCount && fromNative.matchCount == fromOracle.matchCount, "\(query)")
        #expect(fromNative.hits.map(\.id) == fromOracle.hits.map(\.id), "\(query)")
        // Without the count the engine may skip what cannot be among the best; the answer must not change.
        #expect(try await native.search(SearchRequest(query)).hits == fromNative.hits, "\(query)")
        for (mine, theirs) in zip(fromNative.hits, fromOracle.hits) {
          #expect(abs(mine.score - theirs.score) <= 1e-5 * theirs.score, "\(query)")
        }
        compared += 1
      }
      print("\(path.split(separator: "/").last ?? ""): \(articleCount) articles, \(compared) queries equal")
      #expect(compared == 200)
    }
  }

  @Test("All 21,578 Reuters articles: 200 queries give the same counts, and the oracle's top 10")
  func reuters() async throws {
    try await withTemporaryFolder { folder in
      let archive = SharedArchive.folder.appending(path: "corpora/raw/reuters21578.tar.gz").path
      let unpacking = try Process.run(URL(filePath: "/bin/tar"), arguments: ["xzf", archive, "-C", folder])
      unpacking.waitUntilExit()
      try await compare(folder, format: .sgml, articleCount: 21_578)
    }
  }

  @Test("All 72,644 Senate releases: 200 queries give the same counts, and the oracle's top 10")
  func senate() async throws {
    try await compare(
      SharedArchive.folder.appending(path: "corpora/news/senate_press.jsonl.zst").path, articleCount: 72_644)
  }
}
