import Foundation
import Lede
import Testing

@Suite("The example of the README")
struct LibraryExampleTests {
  @Test("The library example compiles and finds its article")
  func example() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lede-example-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var printed: [String] = []
    func print(_ line: String) { printed.append(line) }

    // README.md shows the lines from here on, with a path of its own.
    let archive = try NativeBackend(creatingAt: folder.path)
    try await archive.write { writer in
      let article = Article(
        id: "1987-03-03-lumber", title: "Lumber tariff will hurt builders",
        body: "The tariff on softwood lumber took effect in January.", date: ArticleDate("1987-03-03"),
        keywords: [.source: "Reuters"])
      _ = try await writer.add(article)
    }

    let parsed = archive.parse("\"softwood lumber\" tariff date:1987", QueryOptions())
    let response = try await archive.search(SearchRequest(parsed.query, limit: 5, passageLength: 200))
    for hit in response.hits {
      print("\(hit.date?.description ?? "undated")  \(hit.title.text)")
    }

    #expect(printed == ["1987-03-03  Lumber tariff will hurt builders"])
  }

  @Test("The example of articles that come in over time compiles and takes them")
  func sequenceExample() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lede-example-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let archive = try NativeBackend(creatingAt: folder.path)
    let lines = AsyncStream { continuation in
      for headline in ["Lumber", "Rain", "Lumber"] { continuation.yield(headline) }
      continuation.finish()
    }

    // README.md shows the lines from here on.
    let articles = lines.map { line in Article(id: line, title: line) }
    let tally = try await archive.write { writer in try await writer.add(contentsOf: articles) }

    #expect(tally.addedCount == 2 && tally.unchangedCount == 1)
  }
}
