import Foundation
import NativeBackend
import SQLiteBackend
import SearchAPI
import Testing

@Suite("Repairing an index")
struct RepairTests {
  /// Texts that do not compress to nothing, so that files have several pages.
  private static func articles(_ count: Int, prefix: String = "") -> [Article] {
    var random = SeededGenerator(seed: 77)
    return (0..<count).map { number in
      let words = (0..<120).map { _ in "w\(UInt32.random(in: 0..<2_000_000, using: &random))" }
      return Article(
        "\(prefix)\(number)", "common ground " + words.joined(separator: " "), title: "Title number \(number)",
        date: "19\(50 + number % 40)-0\(1 + number % 9)-1\(number % 10)", [.source: "Paper \(number % 7)"],
        url: "https://example.org/\(number)")
    }
  }

  private static let queries: [Query] = [
    .everything, .word("common"), .words("common ground"), .word("7", in: .title), .keyword(.init(.source, "paper 3")),
    .and([.word("ground"), .dates("1960", "1975")]), .words("title number"),
  ]

  private func expect(_ backend: any SearchBackend, holds articles: [Article], _ factory: BackendFactory, _ place: String)
    async throws
  {
    #expect(try await backend.verify().problems.isEmpty, "\(place)")
    try await factory.withIndex(of: articles) { fresh async throws in
      for query in Self.queries {
        let request = SearchRequest(query, limit: 50, countsMatches: true, passageLength: 60)
        #expect(difference(try await backend.search(request), try await fresh.search(request)) == nil, "\(place): \(query)")
      }
    }
    for article in articles.prefix(20) { #expect(try await backend.article(id: article.id) == article, "\(place)") }
  }

  private func bytes(_ file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))) }

  private func write(_ bytes: [UInt8], to file: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: file)) }

  private func names(_ folder: String, _ suffix: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(suffix) }.sorted()
  }

  /// A native index of two segments: 400 articles, of which 20 are deleted, and 30 more.
  private func makeNative(at path: String) async throws -> (articles: [Article], damagedSegment: String) {
    let articles = Self.articles(400)
    let more = Self.articles(30, prefix: "more-")
    let backend = try NativeBackend(creatingAt: path)
    try await backend.addAll(articles)
    try await backend.addAll(more)
    try await backend.write { writer in
      for article in articles[100..<120] { _ = try await writer.delete(id: article.id) }
    }
    let segment = String(try #require(try names(path, ".texts").first).dropLast(6))
    return (articles.prefix(100) + articles[120...] + more, segment)
  }

  /// The ids that a report names as lost.
  private func survivors(_ articles: [Article], _ report: RepairReport) -> [Article] {
    let lost = Set(report.lostArticles.map(\.article))
    return articles.filter { !lost.contains($0.id) }
  }

  @Test("A file that follows from the articles is made anew wherever it is damaged, and nothing is lost")
  func derivedFiles() async throws {
    try await withTemporaryFolder { folder async throws in
      let path = folder + "/sound"
      let (articles, segment) = try await makeNative(at: path)
      for kind in ["terms", "postings", "positions", "layout", "pairs", "pairpostings"] {
        let sound = try bytes("\(path)/\(segment).\(kind)")
        for offset in Extent.isLong ? [0, 20, sound.count / 2, sound.count - 60, sound.count - 1] : [sound.count / 2] {
          let copy = folder + "/copy"
          try FileManager.default.copyItem(atPath: path, toPath: copy)
          defer { try? FileManager.default.removeItem(atPath: copy) }
          var damaged = sound
          damaged[max(0, offset)] ^= 0x55
          try write(damaged, to: "\(copy)/\(segment).\(kind)")
          let other = try names(copy).filter { !$0.hasPrefix(segment) && $0.hasSuffix("texts") }
          let untouched = try bytes("\(copy)/\(other[0])")
          let backend = try NativeBackend(openingAt: copy)
          let report = try await backend.repair()
          #expect(
            report.obstacle == nil && report.lostArticles.isEmpty && report.remarks.isEmpty, "\(kind) at \(offset): \(report)")
          #expect(report.problems.allSatisfy { $0.file == "\(segment).\(kind)" } && !report.problems.isEmpty)
          #expect(report.recoveredArticleCount == 380)
          #expect(try names(copy, ".damaged").isEmpty)
          #expect(try bytes("\(copy)/\(other[0])") == untouched)
          if !Extent.isLong || offset == 20 { try await expect(backend, holds: articles, .native, "\(kind) at \(offset)") }
          #expect(try await NativeBackend(openingAt: copy).verify().problems.isEmpty, "\(kind) at \(offset)")
        }
      }
    }
  }

  @Test("Where an article's own records are damaged, exactly what cannot be read is lost, named and put aside; the rest survives")
  func storedFiles() async throws {
    try await withTemporaryFolder { folder async throws in
      let path = folder + "/sound"
      let (articles, segment) = try await makeNative(at: path)
      for kind in ["texts", "summaries", "ids", "columns"] {
        let sound = try bytes("\(path)/\(segment).\(kind)")
        for offset in [20, 40_000 % sound.count, sound.count - 1] {
          let copy = folder + "/copy"
          try FileManager.default.copyItem(atPath: path, toPath: copy)
          defer { try? FileManager.default.removeItem(atPath: copy) }
          var damaged = sound
          damaged[offset] ^= 0x55
          try write(damaged, to: "\(copy)/\(segment).\(kind)")
          let backend = try NativeBackend(openingAt: copy)
          let report = try await backend.repair()
          let place = "\(kind) at \(offset)"
          #expect(report.obstacle == nil, "\(place)")
          #expect(report.recoveredArticleCount + report.lostArticles.count == 380, "\(place)")
          // The footer says nothing that the manifest does not know.
          if offset == sound.count - 1 {
            #expect(report.lostArticles.isEmpty, "\(place)")
          } else {
            #expect(
              !report.lostArticles.isEmpty && report.lostArticles.allSatisfy { $0.file == "\(segment).\(kind)" }, "\(place)")
          }
          if kind == "texts", offset != sound.count - 1 {
            #expect(report.recoveredArticleCount > 200, "\(place): \(report.recoveredArticleCount)")
          }
          #expect(try names(copy, ".damaged").count == (report.lostArticles.isEmpty ? 0 : 11), "\(place)")
          if kind == "texts" || report.lostArticles.isEmpty {
            try await expect(backend, holds: survivors(articles, report), .native, place)
          } else {
            #expect(try await backend.verify().problems.isEmpty, "\(place)")
            #expect(try await backend.statistics().articleCount == 410 - report.lostArticles.count, "\(place)")
          }
          #expect(try await backend.repair().problems.isEmpty, "\(place)")
          if !report.lostArticles.isEmpty { #expect(try bytes("\(copy)/\(segment).\(kind).damaged") == damaged) }
        }
      }
    }
  }

  @Test(
    "Where it is lost what was deleted, articles come back, but for those that have a newer version, and the report says how many"
  )
  func deletions() async throws {
    for alsoDamagesTerms in [false, true] {
      try await withTemporaryFolder { folder async throws in
        let path = folder + "/index"
        let articles = Self.articles(60)
        do {
          let backend = try NativeBackend(creatingAt: path)
          try await backend.addAll(articles)
          try await backend.write { writer in
            for index in 0..<5 { _ = try await writer.delete(id: articles[index].id) }
            for index in 5..<10 { _ = try await writer.add(Article(articles[index].id, "replacement")) }
          }
        }
        for name in try names(path, ".deletions") + (alsoDamagesTerms ? [try names(path, ".terms")[0]] : []) {
          var damaged = try bytes(path + "/" + name)
          damaged[60] ^= 1
          try write(damaged, to: path + "/" + name)
        }
        let backend = try NativeBackend(openingAt: path)
        let report = try await backend.repair()
        #expect(report.lostArticles.isEmpty && report.obstacle == nil)
        #expect(report.remarks.count == 1 && report.remarks[0].contains("had 10 deleted articles"))
        #expect(report.remarks[0].contains(": 5 of them are in the index again"))
        #expect(try await backend.verify().problems.isEmpty)
        #expect(try await backend.ids(.everything).count == 60)
        #expect(try await backend.matches(.word("replacement")) == articles[5..<10].map(\.id).sorted())
        #expect(try names(path, ".damaged").count == 1)
      }
    }
  }

  @Test("A sound index is left alone, byte for byte", arguments: BackendFactory.persistent)
  func sound(factory: BackendFactory) async throws {
    try await withTemporaryFolder { folder async throws in
      let backend = try await factory.create(folder + "/index", true)
      try await backend.addAll(Self.articles(40))
      // SQLite's memory shared between processes is no part of the index.
      func files() throws -> [[UInt8]] {
        try names(folder + "/index").filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }.map {
          try bytes(folder + "/index/" + $0)
        }
      }
      let before = try files()
      #expect(try await backend.repair() == RepairReport(problems: []))
      #expect(try files() == before)
    }
  }

  @Test("Without stored text nothing is repaired or changed, and the report says what to do")
  func withoutText() async throws {
    try await withTemporaryFolder { folder async throws in
      let path = folder + "/index"
      try await NativeBackend(creatingAt: path, NativeOptions(storesText: false)).addAll(Self.articles(40))
      let name = try names(path, ".postings")[0]
      var damaged = try bytes(path + "/" + name)
      damaged[100] ^= 1
      try write(damaged, to: path + "/" + name)
      let before = try names(path)
      let report = try await NativeBackend(openingAt: path).repair()
      #expect(report.problems.map(\.file) == [name])
      #expect(report.obstacle?.contains("stores no text") == true)
      #expect(try names(path) == before)
    }
  }

  @Test("SQLite: the words are made anew, and an article that is not what was added goes to a table of its own")
  func sqlite() async throws {
    try await withTemporaryFolder { folder async throws in
      let path = folder + "/index"
      var articles = Self.articles(60)
      articles[9].origin = "the ninth of all files.txt"
      try await SQLiteBackend(creatingAt: path).addAll(articles)
      let file = path + "/lede.sqlite"
      // A letter of a stored text, whose words and fingerprint then contradict it, and one of where an article was read from.
      var damaged = try bytes(file)
      for text in [Array(articles[7].body.utf8.suffix(30)), Array(articles[9].origin.utf8)] {
        // SQLite may leave older copies of a row behind.
        let places = damaged.indices.filter {
          $0 + text.count <= damaged.count && damaged[$0..<$0 + text.count].elementsEqual(text)
        }
        #expect(!places.isEmpty)
        for place in places { damaged[place] = damaged[place] == 0x77 ? 0x78 : 0x77 }
      }
      try write(damaged, to: file)
      let backend = try await SQLiteBackend(openingAt: path)
      #expect(try await !backend.verify().problems.isEmpty)
      let report = try await backend.repair()
      #expect(report.obstacle == nil && report.lostArticles.map(\.article) == ["7", "9"], "\(report)")
      let reasons = ["its content is not what was added", "its row is not what was added"]
      #expect(report.lostArticles.map(\.reason) == reasons, "\(report)")
      #expect(report.recoveredArticleCount == 58 && report.keptAside == ["lede.sqlite, table damaged_article"])
      try await expect(backend, holds: articles.filter { !["7", "9"].contains($0.id) }, .sqlite, "text")
      #expect(try await backend.repair().problems.isEmpty)
    }
  }
}
