import Foundation

/// A few articles on disk and, once asked for, their index.
struct SmallArchive {
  let folder: ScratchFolder
  let backend: String

  /// The path of the index.
  var index: String { folder.path("index") }

  /// Five articles, three of them about lumber.
  static let jsonLines = """
    {"id":"a1","title":"Lumber tariff will hurt builders","body":"The tariff on softwood lumber took effect in January.","date":"1987-03-03","source":"Reuters","section":"Trade"}
    {"id":"a2","title":"Lumber exports rise","body":"Mills sold more lumber abroad than ever before.","date":"1987-05-01","source":"Reuters"}
    {"id":"a3","title":"Strike at the mill","body":"Workers at the lumber mill walked out on Monday.","date":"1986-11-20","source":"The Mail"}
    {"id":"a4","title":"Rain","body":"It rained.","date":"1986","source":"The Mail"}
    {"id":"a5","title":"","body":"A note without a headline or a date."}

    """

  /// Articles on disk, not yet indexed.
  init(backend: String = "native", jsonLines: String = SmallArchive.jsonLines) throws {
    folder = try ScratchFolder()
    self.backend = backend
    try folder.file("articles/news.jsonl", jsonLines)
  }

  /// Articles and their index.
  static func indexed(backend: String = "native", jsonLines: String = SmallArchive.jsonLines) async throws -> SmallArchive {
    let archive = try SmallArchive(backend: backend, jsonLines: jsonLines)
    let run = try await archive.index(archive.folder.path("articles"))
    guard run.status == 0 else { throw Unexpected(run: run) }
    return archive
  }

  /// Indexes a path.
  func index(_ path: String) async throws -> LedeRun {
    try await LedeProcess.run("index", path, "--index", index, "--backend", backend)
  }

  /// Runs a command on the index.
  func lede(_ arguments: String..., environment: [String: String] = [:]) async throws -> LedeRun {
    try await LedeProcess.run(
      LedeProcess.executable.path, arguments, environment: environment.merging(["LEDE_INDEX": index]) { own, _ in own })
  }

  /// The backends that every promise is kept on.
  static let backends = ["native", "sqlite"]
}

/// A run that did not end as its test needs.
struct Unexpected: Error {
  var run: LedeRun
}
