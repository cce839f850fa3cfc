import ArchiveReaders
import QueryLanguage
import SearchAPI
import Testing

@Suite("Tables")
struct TableTests {
  struct Example: CustomTestStringConvertible {
    var text: String
    var rows: [[String]]
    var skipped: [String] = []

    var testDescription: String { text.debugDescription }
  }

  static let examples = [
    Example(text: "title,body\na,b\nc,d\n", rows: [["a", "b"], ["c", "d"]]),
    Example(text: "title,body\r\na,b\r\nc,d", rows: [["a", "b"], ["c", "d"]]),
    Example(text: "title,body\ra,b\rc,d\r", rows: [["a", "b"], ["c", "d"]]),
    Example(text: "\u{FEFF}\"title\", Body \na,b", rows: [["a", "b"]]),
    Example(text: "title,body\n\"a, \"\"x\"\"\",\"b\n\r\nc\"\n", rows: [["a, \"x\"", "b\n\r\nc"]]),
    Example(text: "title,body\n\"\",\"\"\"\"\n", rows: [["", "\""]]),
    Example(text: "title,body\n\n\na,b\n\n", rows: [["a", "b"]]),
    Example(text: "title,body\na \"quoted\" word,b\"\n", rows: [["a \"quoted\" word", "b\""]]),
    Example(text: "title,body\n\"a\" said b,c\n", rows: [["\"a\" said b", "c"]]),
    Example(text: "title,body\n \"a\",b\n", rows: [[" \"a\"", "b"]]),
    Example(
      text: "title,body\na\na,b,c\nd,e\n", rows: [["d", "e"]],
      skipped: ["a.csv:2: the row has 1 fields, the header 2", "a.csv:3: the row has 3 fields, the header 2"]),
    Example(
      text: "title,body\n\"a\nb\",c\n\"d\ne\"f,g\nh,i\n", rows: [["a\nb", "c"], ["h", "i"]],
      skipped: ["a.csv:4: other text follows a closing quote"]),
    Example(
      text: "title,body\na,b\nc,\"d\ne,f\n", rows: [["a", "b"]],
      skipped: [
        "a.csv:3: a quote that opens in this row is never closed; the 9 bytes from here to the end of the file are not read"
      ]),
    Example(text: "title,body\n", rows: []),
    Example(text: "title,body\na,", rows: [["a", ""]]),
    Example(text: "", rows: [], skipped: ["a.csv: it is empty and has no header"]),
  ]

  @Test("Rows are read as RFC 4180 writes them", arguments: examples)
  func rows(example: Example) throws {
    let reading = try Reading(file: "a.csv", example.text)
    #expect(reading.articles.map { [$0.title, $0.body] } == example.rows)
    #expect(reading.skipped.map(\.description) == example.skipped)
  }

  @Test("Tabs delimit in .tsv files, and commas are text there")
  func tabs() throws {
    let reading = try Reading(file: "a.tsv", "id\tHeadline\ttext\tdate\n1\ta, b\t\"x\ty\"\t2021-03-09\n")
    #expect(reading.articles.map(\.id) == ["1"])
    #expect(reading.articles.map(\.title) == ["a, b"])
    #expect(reading.articles.map(\.body) == ["x\ty"])
    #expect(reading.articles.map { $0.date?.description } == ["2021-03-09"])
  }

  @Test(
    "Random rows, quoted as need be, read back as they were", arguments: SharedData.runsLongTests ? Array(1...200) : Array(1...5))
  func randomRows(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let pieces = ["a", "\"", ",", "\n", "\r\n", "\r", " ", "é", "\"\"", "word", "\t", ""]
    let rows = (0..<500).map { _ in
      (0..<2).map { _ in
        (0..<Int.random(in: 0..<8, using: &generator)).map { _ in pieces.random(using: &generator) }.joined()
      }
    }
    func quoted(_ field: String, always: Bool) -> String {
      let needsQuotes = always || field.isEmpty || field.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
      return needsQuotes
        ? "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : field
    }
    for lineEnd in ["\n", "\r\n", "\r"] {
      let text = rows.map { row in row.map { quoted($0, always: Bool.random(using: &generator)) }.joined(separator: ",") }
      let reading = try Reading(file: "a.csv", (["title,body"] + text).joined(separator: lineEnd))
      #expect(reading.articles.map { Array($0.title.utf8) } == rows.map { Array($0[0].utf8) }, "seed \(seed)")
      #expect(reading.articles.map { Array($0.body.utf8) } == rows.map { Array($0[1].utf8) }, "seed \(seed)")
      #expect(reading.skipped.isEmpty, "seed \(seed)")
    }
  }

  @Test(
    "A column that the mapping names and the header lacks is an error when the table was named, and a skipped file inside a folder"
  )
  func missingColumn() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "title,text\na,b\n")
    let options = ReadingOptions(mapping: try FieldMapping("body=txt"))
    #expect(throws: ReadingError.missingColumn(file: path, column: "txt", present: ["title", "text"])) {
      try Reading(path, options: options)
    }
    #expect(
      try Reading(folder.path, options: options).skipped.map(\.description) == [
        "a.csv: it has no column `txt`; its columns are `title`, `text`"
      ])
  }

  @Test("A table without any column for a text is an error that names its columns")
  func noTextColumn() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "x,y\na,b\n")
    let error = #expect(throws: ReadingError.self) { try Reading(path) }
    #expect(
      error?.description
        == "\(path) has no column that holds a title or a text; its columns are `x`, `y`. Name one with --map body=COLUMN.")
  }

  @Test("A row beyond the limit is skipped with its size, and the next one is read")
  func oversized() throws {
    let reading = try Reading(
      file: "a.csv", "title,body\na,b\nc,\"\(String(repeating: "x\n", count: 500_000))\"\nd,e\n",
      options: ReadingOptions(maximumArticleBytes: 100_000))
    #expect(reading.articles.map(\.title) == ["a", "d"])
    #expect(
      reading.skipped.map(\.description) == ["a.csv#2: the record has 976.5 KiB, more than the 259.3 KiB a record may have"])
  }
}
