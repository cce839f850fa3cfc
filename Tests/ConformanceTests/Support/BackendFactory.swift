import Foundation
import NativeBackend
import ReferenceBackend
import SQLiteBackend
import SearchAPI
import Testing

/// Makes indexes of one backend. The conformance suite runs every test on every factory in ``all``.
struct BackendFactory: Sendable, CustomTestStringConvertible {
  let name: String
  /// Makes an empty index in a folder that does not exist yet.
  let create: @Sendable (_ folder: String, _ storesText: Bool) async throws -> any SearchBackend
  /// Opens an index that was made earlier; nil where the backend keeps nothing on disk.
  var open: (@Sendable (_ folder: String) async throws -> any SearchBackend)?

  var testDescription: String { name }

  static let reference = BackendFactory(name: "reference") { _, storesText in ReferenceBackend(storesText: storesText) }

  static let sqlite = BackendFactory(name: "sqlite") { folder, storesText in
    try await SQLiteBackend(creatingAt: folder, storesText: storesText)
  } open: {
    try await SQLiteBackend(openingAt: $0)
  }

  static let native = BackendFactory(name: "native") { folder, storesText in
    try NativeBackend(creatingAt: folder, NativeOptions(storesText: storesText))
  } open: {
    try NativeBackend(openingAt: $0)
  }

  /// Several threads, and so little memory that even a small archive becomes many segments, written and merged meanwhile.
  static let threaded = BackendFactory(name: "native, 3 threads") { folder, storesText in
    var options = NativeOptions(threadCount: 3, storesText: storesText)
    options.segmentByteCount = 96 << 10
    options.batchByteCount = 512
    return try NativeBackend(creatingAt: folder, options)
  } open: {
    try NativeBackend(openingAt: $0)
  }

  static let all = [reference, sqlite, native, threaded]
  static let persistent = all.filter { $0.open != nil }
  /// The backends that the oracle judges.
  static let judged = all.filter { $0.name != reference.name }
  /// Whether scores count no article that was deleted or replaced: the contract allows them to.
  var forgetsAtOnce: Bool { !name.hasPrefix(BackendFactory.native.name) }
}

extension BackendFactory {
  /// Runs a test on a new index that holds these articles, and removes the index afterwards.
  func withIndex(
    of articles: [Article] = [], storesText: Bool = true, _ body: (any SearchBackend) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let backend = try await create(folder + "/index", storesText)
      if !articles.isEmpty { try await backend.addAll(articles) }
      try await body(backend)
    }
  }
}

/// Runs a test with a folder of its own, and removes the folder afterwards.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
  let folder = NSTemporaryDirectory() + "lede-conformance-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try await body(folder)
}

extension SearchBackend {
  /// Adds articles in one transaction and expects each of them to be new.
  func addAll(_ articles: [Article]) async throws {
    try await write { writer in
      for article in articles {
        let outcome = try await writer.add(article)
        #expect(outcome == .added, "\(article.id)")
      }
    }
  }

  /// The ids of all hits, in order.
  func ids(_ query: Query, _ order: ResultOrder = .relevance, _ scoring: BM25Parameters = BM25Parameters()) async throws
    -> [String]
  {
    try await search(SearchRequest(query, limit: 1_000, order: order, scoring: scoring)).hits.map(\.id)
  }

  /// The ids of all hits, in ascending order.
  func matches(_ query: Query) async throws -> [String] { try await ids(query).sorted() }

  /// The score of each hit.
  func scores(_ query: Query, _ scoring: BM25Parameters = BM25Parameters()) async throws -> [String: Double] {
    let hits = try await search(SearchRequest(query, limit: 1_000, scoring: scoring)).hits
    return Dictionary(uniqueKeysWithValues: hits.map { ($0.id, $0.score) })
  }
}
