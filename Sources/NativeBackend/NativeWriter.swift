import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI
import TextAnalysis
import TextRetrieval

/// The writing side of the native index inside one transaction.
final class NativeWriter: ArticleWriter {
  private let index: IndexWriter
  private let path: String
  private var indexer = ArticleIndexer()
  /// Builds on other threads; nil where everything is done by whoever calls.
  private let crew: IndexingCrew?

  /// A writer of one thread.
  init(_ index: IndexWriter, path: String) {
    self.index = index
    self.path = path
    crew = nil
  }

  /// A writer of as many threads as the options say.
  init(_ index: IndexWriter, path: String, _ options: NativeOptions, gate: WorkGate) {
    self.index = index
    self.path = path
    crew =
      options.threadCount > 1
      ? IndexingCrew(index, threadCount: options.threadCount, batchByteCount: options.batchByteCount, gate: gate) : nil
  }

  func add(_ article: Article) async throws -> AdditionOutcome {
    try Task.checkCancellation()
    if let reason = article.refusalReason { return .refused(reason: reason) }
    let addition = try rethrowingAsSearchError(path: path) { () throws(StorageError) in try prepare(article) }
    if addition.outcome == .unchanged { return .unchanged }
    if let crew {
      try await rethrowingStorageError { () async throws(StorageError) in
        try await crew.add(article, contentHash: addition.contentHash)
      }
    } else {
      try rethrowingAsSearchError(path: path) { () throws(StorageError) in
        try add(article, contentHash: addition.contentHash)
      }
    }
    return addition.outcome
  }

  func delete(id: String) async throws -> Bool {
    try Task.checkCancellation()
    return try rethrowingAsSearchError(path: path) { () throws(StorageError) in try deleteWherever(id) }
  }

  func delete(matching query: Query) async throws -> Int {
    try Task.checkCancellation()
    var request = SearchRequest(query)
    request.limit = 0
    try request.validate()
    try await settle()
    return try rethrowingAsSearchError(path: path) { () throws(StorageError) in
      let preview = try index.preview()
      let parameters = ScoringParameters(k1: 1.2, b: 0.75, fieldWeights: index.schema.textFields.map { _ in 1 })
      let found = try Searcher(preview).search(
        query, parameters: parameters, ranking: .newest, limit: preview.liveCount, countsMatches: false)
      try index.delete(found.documents.map { ($0.segment, $0.document) }, of: preview)
      return found.documents.count
    }
  }

  func delete(where isDoomed: (_ id: String) throws -> Bool) async throws -> Int {
    try Task.checkCancellation()
    try await rethrowingStorageError { () async throws(StorageError) in try await crew?.handOut() }
    do {
      return try index.delete(where: isDoomed)
    } catch let error as StorageError {
      throw SearchError(error, path: path)
    }
  }

  /// Finds out what adding the article comes to, and deletes the one that it replaces.
  private func prepare(_ article: Article) throws(StorageError) -> (outcome: AdditionOutcome, contentHash: UInt64) {
    let hash = article.contentHash
    let pending = crew?.contentHash(ofID: article.id)
    let present = if let pending { pending } else { try index.contentHash(ofID: article.id) }
    guard let present else { return (.added, hash) }
    if present == hash { return (.unchanged, hash) }
    _ = try deleteWherever(article.id)
    return (.replaced, hash)
  }

  private func deleteWherever(_ id: String) throws(StorageError) -> Bool {
    if let crew, crew.delete(id: id) { return true }
    return try index.delete(id: id)
  }

  private func add(_ article: Article, contentHash: UInt64) throws(StorageError) {
    indexer.analyze(article)
    let builder = try index.builder(forID: article.id, contentHash: contentHash, words: indexer.wordCount)
    try indexer.add(article, to: builder)
  }

  /// Has everything written and merged that was handed out.
  private func settle() async throws(SearchError) {
    try await rethrowingStorageError { () async throws(StorageError) in try await crew?.settle() }
  }

  private func rethrowingStorageError(_ body: () async throws(StorageError) -> Void) async throws(SearchError) {
    do throws(StorageError) { try await body() } catch { throw SearchError(error, path: path) }
  }

  func commit() async throws(SearchError) -> IndexSnapshot {
    try await settle()
    return try rethrowingAsSearchError(path: path) { () throws(StorageError) in try index.commit() }
  }

  /// What was written so far.
  var report: TransactionReport { TransactionReport(index.written) }

  /// Undoes everything, once the work that was handed out has stopped.
  func rollBack() async {
    await crew?.stop()
    index.rollBack()
  }
}

extension Article {
  /// A hash of what the article says; where it was read from is no part of that.
  var contentHash: UInt64 {
    var writer = ByteWriter(capacity: title.utf8.count + body.utf8.count + 64)
    writer.append(lengthPrefixed: title)
    writer.append(lengthPrefixed: body)
    for part in [date?.description, url] + KeywordField.allCases.map({ keywords[$0] }) {
      writer.append(UInt8(part == nil ? 0 : 1))
      writer.append(lengthPrefixed: part ?? "")
    }
    return Checksum.of(writer.bytes.span)
  }
}
