import Foundation
import Testing

@Suite("lede compact")
struct CompactTests {
  @Test("compact says what it did, in a line or as JSON, and nothing is lost", arguments: SmallArchive.backends)
  func compact(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let more = try archive.folder.file("more.jsonl", #"{"id":"b1","title":"New","body":"More lumber."}"# + "\n")
    #expect(try await archive.index(more).status == 0)
    #expect(try await archive.lede("delete", "a2").status == 0)
    let run = try await archive.lede("compact")
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(run.lines.count == 1)
    if backend == "native" {
      #expect(run.output.hasPrefix("Compacted 2 segments into 1 in "))
      #expect(run.output.contains(" · 1 deleted article left out · index "))
      #expect(try archive.folder.names(in: "index").count == 12)
    }
    #expect(try await archive.lede("search", "lumber", "-l").lines.sorted() == ["a1", "a3", "b1"])
    #expect(try await archive.lede("verify").status == 0)

    let again = try await archive.lede("compact", "--json")
    #expect(again.status == 0)
    let record = try #require(JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
    let numbers = record.compactMapValues { $0 as? Int }
    #expect(numbers["v"] == 1 && numbers["segmentsBefore"] == 1 && numbers["segments"] == 1)
    #expect(numbers["droppedArticles"] == 0 && numbers["bytes"] == numbers["bytesBefore"])
    #expect(try await archive.lede("compact").output.hasPrefix("Compact already: 1 segment, "))
  }

  @Test("compact without an index exits 3, on a damaged one 4, and beside a writer 7")
  func exitCodes() async throws {
    let archive = try await SmallArchive.indexed()
    #expect(try await LedeProcess.run("compact", "--index", archive.folder.path("nothing")).status == 3)
    let writer = try WaitingWriter(archive)
    try await writer.waitUntilWriting()
    #expect(try await archive.lede("compact").status == 7)
    #expect(try await writer.interrupt() == 130)
    #expect(try await archive.lede("delete", "a2").status == 0)
    let name = try #require(try archive.folder.names(in: "index").first { $0.hasSuffix(".postings") })
    let file = archive.folder.url.appendingPathComponent("index/\(name)")
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    let run = try await archive.lede("compact")
    #expect(run.status == 4)
    #expect(run.errors.contains(name))
  }
}
