import IndexStorage
import InvertedIndex
import QueryLanguage
import SearchAPI
import TextAnalysis
import TextRetrieval

/// Lede's own engine behind the shared protocol: an inverted index in a folder.
///
///     let archive = try NativeBackend(creatingAt: "news.lede")
///     try await archive.write { writer in
///       for article in articles { _ = try await writer.add(article) }
///     }
///     let response = try await archive.search(SearchRequest(archive.parse("budget deficit", QueryOptions()).query))
///
/// Any number of processes may search an index while one writes to it.
public final class NativeBackend: SearchBackend {
  /// `native`.
  public let name = "native"
  /// Exact scores, weighed fields, and every damage reported.
  public let capabilities = Capabilities(scoresExactly: true, weighsFields: true, detectsDamage: true)

  let directory: FileSystemDirectory
  let options: NativeOptions
  let snapshots: SnapshotHolder
  private let turns = WriteTurns()
  private let gate = WorkGate()
  private let lastReport = Guarded<TransactionReport?>(nil)

  /// Makes an empty index in a folder, which is created; the folders above it must exist.
  ///
  /// Errors: `.io` where the folder has an index already or cannot be made.
  public convenience init(creatingAt path: String, _ options: NativeOptions = NativeOptions()) throws(SearchError) {
    try self.init(creatingAt: path, options, indexID: UInt128.random(in: 1 ... .max))
  }

  /// As above, with the number that tells the index from all others: the only thing in it that does not follow from the articles.
  package init(creatingAt path: String, _ options: NativeOptions, indexID: UInt128) throws(SearchError) {
    self.options = options
    let schema = NativeSchema.make(storesText: options.storesText, indexesPairs: options.indexesPairs)
    (directory, snapshots) = try rethrowingAsSearchError(path: path) { () throws(StorageError) in
      let directory = try FileSystemDirectory(path: path, creation: .createIfMissing, mapsFiles: options.mapsFiles)
      try IndexWriter.create(in: directory, schema: schema, indexID: indexID)
      return (directory, SnapshotHolder(directory: directory))
    }
  }

  /// Opens an index.
  ///
  /// Its manifest is read; its other files are opened by the first call that needs them, so that ``verify()`` can look at a
  /// damaged index.
  ///
  /// Errors: `.noIndex`, `.corrupt`, `.newerVersion`, `.olderVersion`, and `.io`.
  public init(openingAt path: String, _ options: NativeOptions = NativeOptions()) throws(SearchError) {
    self.options = options
    (directory, snapshots) = try rethrowingAsSearchError(path: path) { () throws(StorageError) in
      let directory = try FileSystemDirectory(path: path, mapsFiles: options.mapsFiles)
      try NativeSchema.check(try ManifestReader.read(from: directory).schema)
      return (directory, SnapshotHolder(directory: directory))
    }
  }

  /// Whether a folder holds an index of this backend.
  public static func hasIndex(at path: String) -> Bool {
    guard let directory = try? FileSystemDirectory(path: path), let files = try? directory.list() else { return false }
    return files.contains { $0.name == ManifestFormat.fileName }
  }

  /// Reads query text in the index's analyzer.
  public func parse(_ text: String, _ options: QueryOptions) -> ParsedQuery {
    QueryParser { Analyzer().terms(in: $0) }.parse(text, options)
  }

  /// Runs one transaction. Other transactions of this process wait their turn; another process gets `.locked`.
  public func write<Result: Sendable>(
    _ body: (any ArticleWriter) async throws -> Result
  ) async throws -> Result {
    try await inTurn { try await writeInTurn(body) }
  }

  /// Runs a call while no other of this process writes.
  func inTurn<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
    try await turns.take()
    do {
      let result = try await body()
      await turns.pass()
      return result
    } catch {
      await turns.pass()
      throw error
    }
  }

  private func writeInTurn<Result: Sendable>(
    _ body: (any ArticleWriter) async throws -> Result
  ) async throws -> Result {
    let directory = directory
    let options = options
    let writer = try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
      gate.reopen()
      let index = try IndexWriter(directory: InterceptingDirectory(directory, gate: gate), options: options.writerOptions)
      return NativeWriter(index, path: directory.path, options, gate: gate)
    }
    do {
      let result = try await body(writer)
      try Task.checkCancellation()
      await snapshots.replace(try await writer.commit())
      lastReport.withValue { [report = writer.report] in $0 = report }
      return result
    } catch {
      await writer.rollBack()
      throw error
    }
  }

  /// What the last transaction of ``write(_:)`` wrote; nil before the first commit.
  public var lastTransaction: TransactionReport? { lastReport.withValue { $0 } }

  /// Has transactions of ``write(_:)`` stop where they next write to disk, until ``resumeWriting()``: building comes to a halt within
  /// its memory, writing and merging of segments at once. Searches go on; compacting and repairing are not held up.
  ///
  /// A transaction of one thread, and one that commits, hold the thread of their task meanwhile.
  public func pauseWriting() { gate.pause() }

  /// Lets transactions go on that ``pauseWriting()`` stopped.
  public func resumeWriting() { gate.resume() }

  /// Finds the articles that match, in the last commit made or opened here.
  public func search(_ request: SearchRequest) async throws -> SearchResponse {
    try request.validate()
    let snapshot = try await snapshot()
    return try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
      try NativeSearch(request, snapshot).response()
    }
  }

  /// The article with this id, without its body where the index stores no text, or nil.
  public func article(id: String) async throws -> Article? {
    let snapshot = try await snapshot()
    return try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
      guard let found = try snapshot.document(withID: id) else { return nil }
      return try snapshot.segments[found.segment].article(found.document)
    }
  }

  /// What the index holds and how large its parts are.
  public func statistics() async throws -> IndexStatistics {
    let snapshot = try await snapshot()
    return try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
      try NativeStatistics.read(snapshot, manifestByteCount: try directory.open(ManifestFormat.fileName).byteCount)
    }
  }

  /// Reads every byte of the last commit on disk and checks every invariant.
  public func verify() async throws -> VerificationReport {
    let directory = directory
    return try rethrowingAsSearchError(path: directory.path) { () throws(StorageError) in
      let findings = try IndexVerifier(directory: directory).verify()
      return VerificationReport(
        byteCount: findings.byteCount, fileCount: findings.fileCount,
        problems: findings.problems.map { VerificationReport.Problem(file: $0.file, reason: $0.reason) })
    }
  }

  private func snapshot() async throws -> IndexSnapshot {
    do throws(StorageError) { return try await snapshots.current() } catch { throw SearchError(error, path: directory.path) }
  }
}
