import ArchiveReaders
import Foundation
import QueryLanguage
import SearchAPI
import Testing

@Suite("Real archives")
struct SharedDataTests {
  @Test(
    "A folder of 244 texts gives 244 articles, each dated by its name",
    .enabled(if: SharedData.has("raw/whitehouse_2021-03_txt.tar.gz"), "the shared corpora are not here"))
  func folderOfTexts() throws {
    let folder = try TemporaryFolder()
    try SharedData.unpack("raw/whitehouse_2021-03_txt.tar.gz", into: folder)
    let reading = try Reading(folder.path + "/whitehouse_txt")
    #expect(reading.articles.count == 244)
    #expect(reading.skipped.isEmpty && reading.counters.repairs == 0)
    #expect(reading.articles.allSatisfy { !$0.title.isEmpty && !$0.body.isEmpty })
    #expect(reading.articles.allSatisfy { $0.date?.description.hasPrefix("2021-03-") == true && $0.date?.precision == .day })
    #expect(reading.articles.map(\.id) == reading.articles.map(\.id).sorted())
  }

  @Test(
    "Real records read as Foundation's decoder reads them",
    .enabled(if: SharedData.has("news/senate_press.jsonl.zst"), "the shared corpora are not here"),
    arguments: [
      "news/senate_press.jsonl.zst", "news/whitehouse_2021.jsonl.gz", "lang/he_press19c_1000.jsonl.gz",
      "lang/ja_livedoor_1000.jsonl.gz",
      "lang/vi_dantri_1000.jsonl.gz", "lang/sv_newsreels_1000.jsonl.gz",
    ])
  func records(name: String) throws {
    struct Record: Decodable {
      var id: String
      var title: String?
      var body: String?
      var date: String?
      var source: String?
      var section: String?
      var url: String?
      var language: String?
    }

    // The lines come from reading the same bytes as one text and cutting it, the slow way.
    let limit = SharedData.runsLongTests ? Int.max : 1_000
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "sh", "-c", "\(name.hasSuffix("zst") ? "zstd" : "gzip") -dc '\(SharedData.path(name))' | head -n \(limit)",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = text.split(separator: UInt8(ascii: "\n"))
    try #require(lines.count > 900)

    let stream = try ArchiveStream(inputs: [ArchiveInput(SharedData.path(name))])
    for line in lines {
      let record = try JSONDecoder().decode(Record.self, from: line)
      guard case .article(let article) = stream.next() else {
        Issue.record("\(record.id) was not read")
        return
      }
      #expect(article.id == record.id)
      #expect(article.title == record.title ?? "")
      #expect(article.body == record.body ?? "")
      #expect(article.date == record.date.flatMap { ArticleDate($0) })
      #expect(article.url == record.url)
      #expect(article.keywords[.source] == record.source)
      #expect(article.keywords[.section] == record.section)
      #expect(article.keywords[.language] == record.language)
    }
  }

  @Test(
    "The large archive has 72,644 articles, none skipped",
    .enabled(if: SharedData.runsLongTests && SharedData.has("news/senate_press.jsonl.zst"), "a long test on the shared corpora"))
  func largeArchive() throws {
    let stream = try ArchiveStream(inputs: [ArchiveInput(SharedData.path("news/senate_press.jsonl.zst"))])
    while stream.next() != nil {}
    #expect(stream.counters.articles == 72_644)
    #expect(stream.counters.skipped == 0)
    #expect(stream.bytesRead == stream.totalBytes)
  }
}
