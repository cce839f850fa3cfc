import ArchiveReaders
import QueryLanguage
import SearchAPI
import Testing

@Suite("Plain text")
struct PlainTextTests {
  struct Example: CustomTestStringConvertible {
    var text: String
    var title: String
    var body: String

    var testDescription: String { String(text.prefix(30)).debugDescription }
  }

  static let examples = [
    Example(text: "Title\n\nFirst.\n\nSecond.\n", title: "Title", body: "First.\n\nSecond."),
    Example(text: "\n \r\n  Title  \r\n\r\nBody\r\n", title: "Title", body: "Body"),
    Example(text: "\u{FEFF}Title\nBody", title: "Title", body: "Body"),
    Example(text: "Only a title", title: "Only a title", body: ""),
    Example(text: "Old Mac\rBody\rmore", title: "Old Mac", body: "Body\rmore"),
    Example(text: "# Heading\n\nText # with a mark", title: "Heading", body: "Text # with a mark"),
    Example(text: String(repeating: "a", count: 400) + "\nb", title: String(repeating: "a", count: 400), body: "b"),
    Example(
      text: String(repeating: "a", count: 401) + "\nb", title: "", body: String(repeating: "a", count: 401) + "\nb"),
  ]

  @Test("The first line is the title and the rest the body", arguments: examples)
  func titleAndBody(example: Example) throws {
    let reading = try Reading(file: "a.txt", example.text)
    #expect(reading.articles.map(\.title) == [example.title])
    #expect(reading.articles.map(\.body) == [example.body])
    #expect(reading.articles.map(\.id) == ["a.txt"])
    #expect(reading.articles.map(\.origin) == ["a.txt"])
    #expect(reading.counters.repairs == 0)
  }

  @Test("A header of names and values gives the parts of the article; the text begins behind it")
  func header() throws {
    let expected = Article(
      id: "a.md", title: "A strike: day 2", body: "Text.", date: ArticleDate("1987-03-09"), keywords: [.author: "Jane Doe"],
      origin: "a.md")
    for text in [
      "---\ntitle: \"A strike: day 2\"\nlayout: post\ntags:\n  - docks\nDate: 1987-03-09\nauthor: 'Jane Doe'\n---\n\nText.\n",
      "Title: A strike: day 2\r\nDate: 9 March 1987\r\nByline: Jane Doe\r\nUnknown-Name: x\r\n\r\nText.",
    ] {
      #expect(try Reading(file: "a.md", text).articles == [expected])
    }
    let own = try Reading(file: "a.txt", "id: x-1\nsource: The Paper\n\nFirst line\nText")
    #expect(own.articles.map(\.id) == ["x-1"])
    #expect(own.articles.map(\.title) == ["First line"])
    #expect(own.articles.map(\.keywords) == [[.source: "The Paper"]])
  }

  @Test(
    "What only looks like a header is text",
    arguments: [
      "Title: the only such line\n\nText", "Remarks: by the president\nDate: today\n\nText", "---\ntitle: never closed\n\nText",
      "Date: 1987\nThe text begins at once\n\nText", "title: x\ndate: y", "---", "date:1987\ntitle:x\n\n",
    ])
  func noHeader(text: String) throws {
    let reading = try Reading(file: "a.txt", text)
    let lines = text.split(separator: "\n", maxSplits: 1)
    #expect(reading.articles.map(\.title) == [String(lines[0])])
    #expect(reading.articles.map { $0.date } == [nil])
  }

  @Test(
    "The date is that of the file's name, else that of its folders",
    arguments: [
      ("2021/03/2021-03-09-title.txt", "2021-03-09"), ("2021/03/title.txt", "2021-03"), ("2021/title.txt", "2021"),
      ("2021/03/09/title.txt", "2021-03-09"), ("2021/3/9/title.txt", "2021-03-09"), ("x/20210309_a.txt", "2021-03-09"),
      ("a-2021_03_09.txt", "2021-03-09"), ("2021-03/a.txt", "2021-03"), ("2021-03-09/part/a.txt", "2021-03-09"),
      ("1987/2021-03-title.txt", "2021-03"), ("2021-13-40.txt", nil), ("1984.txt", nil), ("120210309.txt", nil),
      ("00000000.txt", nil), ("title.txt", nil), ("2021-02-30.txt", "2021-02"), ("9999/a.txt", nil), ("1987/99/a.txt", "1987"),
    ])
  func datesFromPaths(path: String, date: String?) throws {
    #expect(try Reading(file: path, "Title\nBody").articles.map { $0.date?.description } == [date])
  }

  @Test("UTF-16 with a byte order mark is read, and half a surrogate pair is repaired", arguments: [true, false])
  func utf16(isBigEndian: Bool) throws {
    var units: [UInt16] = [0xFEFF] + Array("Käse 🧀\nText ".utf16) + [0xD800, 0x41]
    // Longer than a buffer, so that a pair lies across its end.
    for _ in 0..<40_000 { units += Array("a🧀".utf16) }
    let bytes = units.flatMap { isBigEndian ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let reading = try Reading(file: "a.txt", bytes)
    #expect(reading.articles.first?.title == "Käse 🧀")
    #expect(reading.articles.first?.body == "Text \u{FFFD}A" + String(repeating: "a🧀", count: 40_000))
    #expect(reading.counters.repairs == 1)
  }

  @Test("Invalid UTF-8 and late NULs become U+FFFD and are counted")
  func repairs() throws {
    let text = Array("Title\n".utf8) + [0x41, 0xFF, 0x42, 0xC0, 0x80] + Array(repeating: 0x61, count: 9_000) + [0, 0x62]
    let reading = try Reading(file: "a.txt", text)
    #expect(reading.articles.first?.body == "A\u{FFFD}B\u{FFFD}\u{FFFD}" + String(repeating: "a", count: 9_000) + "\u{FFFD}b")
    #expect(reading.counters.repairs == 4)
  }

  @Test("A U+FFFD that was there before is no repair")
  func repairsCountNoOldReplacements() throws {
    let reading = try Reading(file: "a.txt", Array("T\n\u{FFFD}".utf8) + [0xFF] + Array("\u{FFFD}".utf8))
    #expect(reading.articles.first?.body == "\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(reading.counters.repairs == 1)
  }

  @Test("Binary, empty and blank files are skipped with a reason")
  func unreadable() throws {
    #expect(try Reading(file: "a.txt", [0x41, 0, 0x42]).skipped.map(\.description) == ["a.txt: it is a binary file"])
    #expect(try Reading(file: "a.txt", "").skipped.map(\.description) == ["a.txt: it is empty"])
    #expect(try Reading(file: "a.txt", " \n\r\n\t").skipped.map(\.description) == ["a.txt: it is empty"])
    #expect(try Reading(file: "a.txt", [0xFF, 0xFE, 0, 0, 0x41, 0, 0, 0]).skipped.count == 1)
  }

  @Test("An article may have exactly as many bytes as the limit allows", arguments: [(999, 1), (1_000, 1), (1_001, 0)])
  func limit(byteCount: Int, articles: Int) throws {
    let text = "T\n" + String(repeating: "a", count: byteCount - 2)
    let reading = try Reading(file: "a.txt", text, options: ReadingOptions(maximumArticleBytes: 1_000))
    #expect(reading.articles.count == articles)
    #expect(reading.skipped.count == 1 - articles)
  }
}
