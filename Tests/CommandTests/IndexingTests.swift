import Foundation
import Testing

@Suite("Indexing")
struct IndexingTests {
  @Test("Indexing the same path again adds what is new and doubles nothing", arguments: SmallArchive.backends)
  func again(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    try archive.folder.file("articles/more.txt", "More\n\nlumber again")
    let run = try await archive.index(archive.folder.path("articles"))
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Indexed 1 article ("))
    #expect(run.output.contains(" · 5 already there · "))
    #expect(try await archive.lede("search", "lumber", "-c").output == "4\n")
  }

  @Test(
    "An index whose making was cut short is made by the next run", arguments: [("native", "LOCK"), ("sqlite", "lede.sqlite")])
  func makingCutShort(backend: String, file: String) async throws {
    let archive = try SmallArchive(backend: backend)
    try archive.folder.file("index/\(file)", Data())
    let run = try await archive.index(archive.folder.path("articles"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(try await archive.lede("search", "lumber", "-c").output == "3\n")
  }

  @Test("--json prints the summary as an object")
  func summaryObject() async throws {
    let archive = try SmallArchive()
    let run = try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--json")
    let summary = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(summary["articles"] as? Int == 5)
    #expect(summary["skipped"] as? Int == 0)
    #expect((summary["indexBytes"] as? Int ?? 0) > 0)
  }

  @Test("Without stored text there are no passages, and show says why", arguments: SmallArchive.backends)
  func noStore(backend: String) async throws {
    let archive = try SmallArchive(backend: backend)
    let run = try await LedeProcess.run(
      "index", archive.folder.path("articles"), "--index", archive.index, "--backend", backend, "--no-store")
    #expect(run.status == 0)
    let found = try await archive.lede("search", "softwood")
    #expect(found.output.contains("Lumber tariff will hurt builders"))
    #expect(!found.output.contains("took effect"))
    let shown = try await archive.lede("show", "a1")
    #expect(shown.errors.contains("--no-store"))
  }

  @Test("A second writer exits 7 while the first is at work, and readers go on", arguments: SmallArchive.backends)
  func locked(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let writer = try WaitingWriter(archive)
    try await writer.waitUntilWriting()
    let second = try await archive.index(archive.folder.path("articles"))
    #expect(second.status == 7)
    #expect(second.errors.contains("Another process is writing to"))
    #expect(try await archive.lede("search", "lumber", "-c").output == "3\n")
    let status = try await writer.finish()
    #expect(status == 0)
    #expect(try await archive.lede("search", "lumber", "-c").output == "4\n")
  }

  @Test("Ctrl-C adds nothing, exits 130, and leaves the index sound and unlocked", arguments: SmallArchive.backends)
  func interrupted(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let writer = try WaitingWriter(archive)
    try await writer.waitUntilWriting()
    let status = try await writer.interrupt()
    #expect(status == 130)
    #expect(try await archive.lede("search", "lumber", "-c").output == "3\n")
    #expect(try await archive.lede("verify").status == 0)
    #expect(try await archive.index(archive.folder.path("articles")).status == 0)
  }

  @Test(
    "A full disk exits 5, the index is as it was, and indexing works again once there is room",
    .enabled(if: MachineFacts.canMount, "needs root and mount"),
    arguments: SmallArchive.backends)
  func fullDisk(backend: String) async throws {
    let disk = try SmallDisk(kibibytes: 2 << 10)
    let archive = try SmallArchive(backend: backend)
    let index = disk.folder.path("index")
    func lede(_ arguments: String...) async throws -> LedeRun {
      try await LedeProcess.run(LedeProcess.executable.path, arguments + ["--index", index])
    }
    #expect(try await lede("index", archive.folder.path("articles"), "--backend", backend).status == 0)

    var generator = SystemRandomNumberGenerator()
    let many = (0..<1_000).map { number in
      let words = (0..<300).map { _ in String(UInt32.random(in: 0..<(1 << 30), using: &generator), radix: 36) }
      return #"{"id":"m\#(number)","title":"Many","body":"\#(words.joined(separator: " "))"}"#
    }
    let large = try archive.folder.file("large.jsonl", many.joined(separator: "\n") + "\n")
    let full = try await lede("index", large)
    #expect(full.status == 5)
    #expect(full.errors.contains("The disk is full"))
    #expect(try await lede("search", "lumber", "-c").output == "3\n")
    #expect(try await lede("verify").status == 0)

    try disk.resize(kibibytes: 200 << 10)
    #expect(try await lede("index", large).status == 0)
    #expect(try await lede("search", "many", "-c").output == "1000\n")
  }
}
