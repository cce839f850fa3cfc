import Foundation
import Testing

@Suite("lede verify --repair")
struct RepairTests {
  private func damage(_ archive: SmallArchive, _ suffix: String, at offset: Int = 70) throws -> String {
    let name = try #require(try archive.folder.names(in: "index").first { $0.hasSuffix(suffix) })
    let file = archive.folder.url.appendingPathComponent("index/\(name)")
    var bytes = try Data(contentsOf: file)
    bytes[offset] ^= 0x10
    try bytes.write(to: file)
    return name
  }

  @Test("A sound index is left alone: 0", arguments: SmallArchive.backends)
  func sound(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let run = try await archive.lede("verify", "--repair")
    #expect(run.status == 0)
    #expect(run.lines.count == 1 && run.output.hasSuffix(": all sound.\n"))
  }

  @Test("Damaged postings are named, made anew and checked: 0")
  func recovered() async throws {
    let archive = try await SmallArchive.indexed()
    let name = try damage(archive, ".postings")
    #expect(try await archive.lede("verify").status == 4)
    let run = try await archive.lede("verify", "--repair")
    #expect(run.status == 0)
    #expect(run.lines.first?.hasPrefix("damaged: \(name): ") == true)
    #expect(run.output.contains("rebuilt: segment 1, 5 of its articles\nRepaired: 5 articles recovered, 0 lost.\nChecked "))
    #expect(run.errors.isEmpty)
    #expect(try await archive.lede("search", "lumber", "-l").lines.sorted() == ["a1", "a2", "a3"])
  }

  @Test("Articles whose texts are damaged are named, go, and are kept aside: 3; indexing again brings them back")
  func lost() async throws {
    let archive = try await SmallArchive.indexed()
    let name = try damage(archive, ".texts")
    let run = try await archive.lede("verify", "--repair")
    #expect(run.status == 3)
    #expect(run.output.contains("lost: a1: \(name): "))
    #expect(run.output.contains("kept aside: \(name).damaged\n"))
    #expect(run.output.contains("Repaired: 0 articles recovered, 5 lost.\n"))
    #expect(run.output.hasSuffix(": all sound.\n"))
    #expect(run.errors.contains("Index the archive again"))
    #expect(try await archive.index(archive.folder.path("articles")).status == 0)
    #expect(try await archive.lede("search", "lumber", "-c").output == "3\n")
    #expect(try archive.folder.names(in: "index").contains(name + ".damaged"))
  }

  @Test("A damaged manifest, or an index without texts, cannot be repaired and is not changed: 4")
  func hopeless() async throws {
    let archive = try await SmallArchive.indexed()
    _ = try damage(archive, "MANIFEST", at: 20)
    let before = try archive.folder.names(in: "index")
    let run = try await archive.lede("verify", "--repair")
    #expect(run.status == 4)
    #expect(run.errors.contains("MANIFEST is damaged") && run.errors.contains("Index the archive again, into a new folder."))
    #expect(try archive.folder.names(in: "index") == before)

    let bare = try SmallArchive()
    let index = try await LedeProcess.run("index", bare.folder.path("articles"), "--index", bare.index, "--no-store")
    #expect(index.status == 0)
    _ = try damage(bare, ".postings")
    let refused = try await bare.lede("verify", "--repair")
    #expect(refused.status == 4)
    #expect(refused.errors.hasPrefix("Not repaired: The index stores no text"))
  }

  @Test("An SQLite file that does not hold together is not changed: 4")
  func hopelessSQLite() async throws {
    let archive = try await SmallArchive.indexed(backend: "sqlite")
    let file = archive.folder.url.appendingPathComponent("index/lede.sqlite")
    var data = try Data(contentsOf: file)
    for index in 8_192..<min(data.count, 40_960) { data[index] = 0x55 }
    try data.write(to: file)
    let run = try await archive.lede("verify", "--repair")
    #expect(run.status == 4)
    #expect(run.errors.contains("Index the archive again, into a new folder."))
    #expect(try Data(contentsOf: file) == data)
  }
}
