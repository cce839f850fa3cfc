import Foundation
import NativeBackend
import QueryLanguage
import SQLiteBackend
import SearchAPI

/// An index that the command writes and that this process looks into afterwards.
struct JudgedIndex {
  /// What is wrong with an index, as a sentence.
  struct Complaint: Error, CustomStringConvertible {
    let description: String
  }

  /// The text of which a thread gets its share of a change, where there are several.
  static let byteCountOfThread = 64 << 10

  let path: String
  let backend: String
  /// How many threads build a native index, however few processors there are.
  var threadCount = 3

  /// The command line of a change to this index.
  func arguments(of change: Change) -> [String] {
    let all = change.arguments + ["--index", path]
    guard change.arguments[0] == "index" else { return all }
    // With the least memory ``byteCountOfThread`` is the least it can be.
    let building = backend == "native" ? ["--threads", "\(threadCount)", "--memory", "1M"] : []
    return all + ["--backend", backend] + building
  }

  /// Makes a change to its end.
  func run(_ change: Change) async throws -> LedeRun {
    try await LedeProcess.run(LedeProcess.executable.path, arguments(of: change))
  }

  /// The title of each article by id; nothing where there is no index yet.
  ///
  /// Throws a ``Complaint`` where anything is damaged, or an article is put together from two.
  func contents() async throws -> Change.Contents {
    let index: any SearchBackend
    do {
      index = try await open()
      let report = try await index.verify()
      guard report.problems.isEmpty else { throw Complaint(description: "verify: \(report.problems)") }
    } catch SearchError.noIndex { return [:] }
    // Every article has the word, so that they are found through the postings.
    let request = SearchRequest(
      .term(Query.Term("change", in: .body)), limit: 10_000, countsMatches: true, passageLength: 20)
    let response = try await index.search(request)
    var contents: Change.Contents = [:]
    for hit in response.hits {
      guard hit.passage?.text.hasPrefix(hit.title.text) == true else {
        throw Complaint(description: "\(hit.id) is “\(hit.title.text)” and says “\(hit.passage?.text ?? "")”")
      }
      guard contents.updateValue(hit.title.text, forKey: hit.id) == nil else {
        throw Complaint(description: "\(hit.id) is there twice")
      }
    }
    let count = try await index.statistics().articleCount
    guard response.matchCount == contents.count, count == contents.count else {
      throw Complaint(description: "\(contents.count) hits of \(response.matchCount ?? -1) matches in \(count) articles")
    }
    return contents
  }

  /// Which side of a change the index stands on; anything else is a ``Complaint``.
  func isAfter(_ change: Change) async throws -> Bool {
    let found = try await contents()
    if found == change.after { return true }
    guard found == change.before else {
      throw Complaint(description: "neither what was before \(change.arguments) nor what comes after: \(found)")
    }
    return false
  }

  /// How many files the current commit consists of.
  func liveFileCount() async throws -> Int { try await open().verify().fileCount }

  /// The names of the files in the folder.
  func fileNames() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: path)) }

  /// Makes another change, after which only the files of it and the commit before it may be in the folder. Returns what is left
  /// over, or nil.
  func leftovers(after change: Change) async throws -> String? {
    let before = try await liveFileCount()
    let run = try await run(change)
    guard run.status == 0 else { return "a later run exits \(run.status): \(run.errors)" }
    guard try await contents() == change.after else { return "a later change is not found" }
    let names = try fileNames()
    if backend == "sqlite" {
      let strangers = names.subtracting(["lede.sqlite", "lede.sqlite-wal", "lede.sqlite-shm"])
      return strangers.isEmpty ? nil : "\(strangers)"
    }
    // The manifest is counted on both sides, and there is the lock file.
    let most = try await before + liveFileCount()
    return names.count <= most ? nil : "\(names.count) files where two commits have \(most)"
  }

  private func open() async throws -> any SearchBackend {
    backend == "native" ? try NativeBackend(openingAt: path) : try await SQLiteBackend(openingAt: path)
  }
}
