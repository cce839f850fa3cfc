import Foundation
import Testing

@Suite("Keeping an index up to date")
struct UpdatingTests {
  /// What `lede index --json` says.
  private func counts(_ run: LedeRun) throws -> [String: Int] {
    let summary = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    return summary.compactMapValues { $0 as? Int }
  }

  /// Writes another version of the archive: a1 changed, a2 and a5 gone, b1 new.
  private func change(_ archive: SmallArchive) throws {
    var lines = SmallArchive.jsonLines.split(separator: "\n").filter { !$0.contains("\"a2\"") && !$0.contains("\"a5\"") }.map(
      String.init)
    lines[0] = lines[0].replacing("softwood", with: "hardwood")
    lines.append(#"{"id":"b1","title":"New","body":"More lumber."}"#)
    try archive.folder.file("articles/news.jsonl", lines.joined(separator: "\n") + "\n")
  }

  @Test(
    "Indexing the same path again adds what is new, replaces what has changed and leaves the rest, and says how much of each",
    arguments: SmallArchive.backends)
  func again(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    try change(archive)
    let run = try await archive.index(archive.folder.path("articles"))
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.hasPrefix("Indexed 1 article ("))
    #expect(run.output.contains(" · 1 replaced · 2 already there · index "))
    #expect(try await archive.lede("search", "softwood", "-c").output == "0\n")
    #expect(try await archive.lede("search", "hardwood", "-l").output == "a1\n")
    #expect(try await archive.lede("show", "a1").output.contains("hardwood"))
    #expect(try await archive.lede("search", "*", "-c").output == "6\n")

    try archive.folder.file("articles/news.jsonl", SmallArchive.jsonLines)
    let json = try counts(
      try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--json"))
    #expect(
      json["articles"] == 0 && json["replaced"] == 1 && json["unchanged"] == 4 && json["deleted"] == 0 && json["skipped"] == 0)
  }

  @Test("--prune deletes what the run did not see, and nothing else", arguments: SmallArchive.backends)
  func prune(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    try change(archive)
    let run = try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--prune")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains(" · 1 replaced · 2 already there · 2 deleted · index "))
    #expect(try await archive.lede("search", "*", "-l").lines.sorted() == ["a1", "a3", "a4", "b1"])
    #expect(try await archive.lede("show", "a2").status == 1)
    let again = try counts(
      try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--prune", "--json"))
    #expect(again["articles"] == 0 && again["replaced"] == 0 && again["unchanged"] == 4 && again["deleted"] == 0)
    #expect(try await archive.lede("verify").status == 0)
  }

  @Test("--prune with standard input deletes what did not come in", arguments: SmallArchive.backends)
  func pruneStandardInput(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let line = try #require(SmallArchive.jsonLines.split(separator: "\n").first)
    let run = try await LedeProcess.run(
      "index", "-", "--index", archive.index, "--prune", input: Data((line + "\n").utf8))
    #expect(run.status == 0)
    #expect(run.output.contains(" · 1 already there · 4 deleted · "))
    #expect(try await archive.lede("search", "*", "-l").output == "a1\n")
  }

  @Test(
    "--prune deletes nothing where a record was skipped, says so, and exits 3; the rest of the run counts",
    arguments: SmallArchive.backends)
  func pruneWithSkippedRecords(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    try change(archive)
    try archive.folder.file("articles/torn.jsonl", #"{"id":"a2","title":"Lumber exp"#)
    let run = try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--prune")
    #expect(run.status == 3)
    #expect(run.errors.contains("skipped: torn.jsonl"))
    #expect(run.errors.contains("Nothing was deleted: --prune would also take the articles of what was skipped."))
    #expect(!run.output.contains("deleted"))
    #expect(try await archive.lede("search", "*", "-c").output == "6\n")
    #expect(try await archive.lede("search", "hardwood", "-c").output == "1\n")
  }

  @Test("--prune with nothing to read deletes nothing and exits 1", arguments: SmallArchive.backends)
  func pruneWithoutArticles(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    try archive.folder.file("articles/news.jsonl", "")
    let run = try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--prune")
    #expect(run.status == 1)
    #expect(run.errors.contains("Nothing was deleted."))
    #expect(try await archive.lede("search", "*", "-c").output == "5\n")
  }

  @Test("Records of a new index with one id are named: the last one stays", arguments: SmallArchive.backends)
  func twoRecordsWithOneID(backend: String) async throws {
    let archive = try SmallArchive(
      backend: backend, jsonLines: #"{"id":"a","title":"One"}"# + "\n" + #"{"id":"a","title":"Two"}"# + "\n")
    let run = try await archive.index(archive.folder.path("articles"))
    #expect(run.status == 0)
    #expect(run.errors.contains("1 record has the id of an earlier one and took its place, the first at news.jsonl"))
    #expect(try await archive.lede("show", "a").output == "Two\n")
  }

  @Test(
    "delete takes ids, says how many it deleted, and names those that are not there", arguments: SmallArchive.backends)
  func deleteIDs(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let run = try await archive.lede("delete", "a1", "nothing", "a3")
    #expect(run.status == 0)
    #expect(run.output == "Deleted 2 articles.\n")
    #expect(run.errors == "The index has no article with the id nothing.\n")
    #expect(try await archive.lede("search", "*", "-l").lines.sorted() == ["a2", "a4", "a5"])
    let again = try await archive.lede("delete", "a1")
    #expect(again.status == 1)
    #expect(again.output.isEmpty)
    #expect(again.errors == "The index has no article with the id a1.\n")
    #expect(try await archive.lede("verify").status == 0)
  }

  @Test("delete --query deletes what search finds; 1 where nothing matches", arguments: SmallArchive.backends)
  func deleteByQuery(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let run = try await archive.lede("delete", "--query", "lumber -tariff")
    #expect(run.status == 0)
    #expect(run.output == "Deleted 2 articles.\n")
    #expect(try await archive.lede("search", "*", "-l").lines.sorted() == ["a1", "a4", "a5"])
    let again = try await archive.lede("delete", "--query", "lumber -tariff")
    #expect(again.status == 1)
    #expect(again.errors.hasPrefix("No article matches lumber"))
    #expect(try await archive.lede("verify").status == 0)
  }

  @Test("delete --query refuses a query that a search would repair", arguments: SmallArchive.backends)
  func deleteByRepairedQuery(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    for query in ["lumber date:1987-02-30", "\"lumber", "lumb*", "", "(lumber"] {
      let run = try await archive.lede("delete", "--query", query)
      #expect(run.status == 2, "\(query)")
      #expect(run.errors.contains("Nothing was deleted"), "\(query)")
    }
    #expect(try await archive.lede("search", "*", "-c").output == "5\n")
  }
}
