import ArchiveReaders
import QueryLanguage
import SearchAPI
import Testing

@Suite("JSON lines")
struct JSONLinesTests {
  @Test("Every part of an article is read under its own name")
  func everyPart() throws {
    let reading = try Reading(
      file: "d/a.jsonl",
      #"""
      {"id": "x-1", "title": "T", "body": "B", "date": "2021-03-09", "url": "http://x", "source": "S", "section": "C", "author": "A", "language": "en"}
      """#)
    let expected = Article(
      id: "x-1", title: "T", body: "B", date: ArticleDate("2021-03-09"),
      keywords: [.source: "S", .section: "C", .author: "A", .language: "en"], url: "http://x", origin: "d/a.jsonl#1")
    #expect(reading.articles == [expected])
    #expect(reading.skipped.isEmpty)
  }

  @Test(
    "The usual other names are known, whatever their case; null and nothing give way to the next name",
    arguments: [
      (#"{"Headline":"T","TEXT":"B"}"#, "T", "B"), (#"{"title":null,"headline":"T","content":"B"}"#, "T", "B"),
      (#"{"headline":"H","title":"T","text":"t","body":"B"}"#, "T", "B"), (#"{"title":"T","full-text":"B"}"#, "T", "B"),
      (#"{"title":"T","full text":"B"}"#, "T", "B"), (#"{"t\u0069tle":"T","body":"B"}"#, "T", "B"),
    ])
  func usualNames(line: String, title: String, body: String) throws {
    let reading = try Reading(file: "a.jsonl", line)
    #expect(reading.articles.map(\.title) == [title])
    #expect(reading.articles.map(\.body) == [body])
  }

  @Test("A mapping replaces the usual names of its targets, letter by letter, and says which names never came")
  func mapping() throws {
    let options = ReadingOptions(mapping: try FieldMapping("title=kicker,title=T2,body=txt,date=never"))
    let reading = try Reading(
      file: "a.jsonl", #"{"title":"no","kicker":"K","txt":"B"}"# + "\n" + #"{"T2":"second","TXT":"no"}"#, options: options)
    #expect(reading.articles.map(\.title) == ["K", "second"])
    #expect(reading.articles.map(\.body) == ["B", ""])
    #expect(reading.unusedMappings == ["never"])
  }

  @Test(
    "A mapping that cannot be read is refused in a sentence",
    arguments: ["title", "title=", "headline=title", "=x", "title=a,,body=b", ""])
  func badMapping(text: String) {
    let error = #expect(throws: ReadingError.self) { try FieldMapping(text) }
    #expect(error?.description.hasPrefix("The field mapping `\(text)` cannot be used: ") == true)
  }

  @Test(
    "Text is what the escapes mean; half a surrogate pair and NUL are repaired and counted",
    arguments: [
      (#"a\"b\\c\/d\b\f\n\r\te"#, "a\"b\\c/d\u{8}\u{c}\n\r\te", 0), (#"\u00e9\u4E2D\uD83E\uDDC0"#, "é中🧀", 0),
      (#"\ud800"#, "\u{FFFD}", 1), (#"\udc00x"#, "\u{FFFD}x", 1), (#"\ud800\ud800\udc00"#, "\u{FFFD}\u{10000}", 1),
      (#"\ud83e\n"#, "\u{FFFD}\n", 1), (#"a\u0000b"#, "a\u{FFFD}b", 1), (#"\ud83ex"#, "\u{FFFD}x", 1),
    ])
  func escapes(literal: String, text: String, repairs: Int) throws {
    let reading = try Reading(file: "a.jsonl", "{\"title\":\"\(literal)\"}")
    #expect(reading.articles.map(\.title) == [text])
    #expect(reading.counters.repairs == repairs)
  }

  @Test("Invalid UTF-8 is repaired and counted, in ids too")
  func invalidUTF8() throws {
    let line = Array(#"{"id":"a"#.utf8) + [0xFF] + Array(#"b","title":""#.utf8) + [0xE2, 0x82] + Array(#""}"#.utf8)
    let reading = try Reading(file: "a.jsonl", line)
    #expect(reading.articles.map(\.id) == ["a\u{FFFD}b"])
    #expect(reading.articles.map(\.title) == ["\u{FFFD}"])
    #expect(reading.counters.repairs == 2)
  }

  @Test(
    "An id is taken as it stands; without one the place in the file is the id",
    arguments: [
      (#""id":" A-1 ","#, " A-1 "), (#""id":12,"#, "12"), (#""id":1.50E+3,"#, "1.50E+3"), (#""id":true,"#, "true"),
      (#""id":null,"#, "a.jsonl#1"), (#""id":"","#, "a.jsonl#1"), ("", "a.jsonl#1"), (#""id":"1","id":"2","#, "2"),
      (#""id":"1","id":null,"#, "a.jsonl#1"),
    ])
  func ids(member: String, id: String) throws {
    #expect(try Reading(file: "a.jsonl", "{\(member)\"title\":\"x\"}").articles.map(\.id) == [id])
  }

  @Test("Lists of texts are joined, authors by commas and paragraphs by empty lines; what is no text is remarked on")
  func lists() throws {
    let reading = try Reading(
      file: "a.jsonl",
      #"{"title":"T","body":["One.","Two."],"author":["A","B",null],"section":[],"source":{"name":"S"},"language":[["en"]]}"#)
    #expect(reading.articles.map(\.body) == ["One.\n\nTwo."])
    #expect(reading.articles.map(\.keywords) == [[.author: "A, B"]])
    #expect(reading.counters.unusableValues == 2)
    #expect(reading.counters.warnings.map(\.origin) == ["a.jsonl#1", "a.jsonl#1"])
  }

  @Test("Lines end in LF or CRLF, the last one anyhow; empty lines count as lines, not as records")
  func lines() throws {
    let reading = try Reading(file: "a.jsonl", "\u{FEFF}{\"title\":\"a\"}\r\n\n  \n{\"title\":\"b\"}\n[\n{\"title\":\"c\"}")
    #expect(reading.articles.map(\.id) == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#4"])
    #expect(reading.skipped.map(\.description) == ["a.jsonl:5: not a JSON object: starts with `[`"])
  }

  @Test(
    "A malformed record is skipped with its place and reason",
    arguments: [
      (#"{"title":"x""#, "malformed JSON at byte 13: it ends where `,` or `}` is expected"),
      (#"{"title":"x}"#, "malformed JSON at byte 10: a string is not closed"),
      (#"{"title" "x"}"#, "malformed JSON at byte 10: `:` is expected"),
      (#"{"title":"x",}"#, "malformed JSON at byte 14: a key in quotes is expected"),
      (#"{"title":01}"#, "malformed JSON at byte 10: a number is not well formed"),
      (#"{"title":1.}"#, "malformed JSON at byte 10: a number is not well formed"),
      (#"{"title":-}"#, "malformed JSON at byte 10: a number is not well formed"),
      (#"{"title":1e}"#, "malformed JSON at byte 10: a number is not well formed"),
      (#"{"title":+1}"#, "malformed JSON at byte 10: a value is expected"),
      (#"{"title":tru}"#, "malformed JSON at byte 10: a value is expected"),
      (#"{"title":NaN}"#, "malformed JSON at byte 10: a value is expected"),
      (#"{"title":"\x"}"#, "malformed JSON at byte 11: an escape is none that JSON knows"),
      (#"{"title":"\u12g4"}"#, #"malformed JSON at byte 11: `\u` is not followed by four hexadecimal digits"#),
      (#"{"title":"x\"#, "malformed JSON at byte 12: a string is not closed"),
      ("{\"title\":\"x\ty\"}", "malformed JSON at byte 12: a control character stands unescaped in a string"),
      (#"{"title":"x"} {"title":"y"}"#, "malformed JSON at byte 15: more follows the end of the object"),
      (#"{"title":"x"}}"#, "malformed JSON at byte 14: more follows the end of the object"),
      (#"{"title":"x","a":[1,]}"#, "malformed JSON at byte 21: a value is expected"),
      (#"{"title":"x","a":[1}"#, "malformed JSON at byte 20: `,` or `]` is expected"),
      (#"{"title":"x","a":{"b":1]}"#, "malformed JSON at byte 24: `,` or `}` is expected"),
      (#"{title:"x"}"#, "malformed JSON at byte 2: a key in quotes is expected"),
      ("{", "malformed JSON at byte 2: it ends where a key is expected"),
      ("[1]", "not a JSON object: starts with `[`"), ("\"x\"", "not a JSON object: starts with `\"`"),
      ("\u{1}", "not a JSON object: starts with byte 1"), ("é", "not a JSON object: starts with byte 195"),
      (#"{"a":1,"b\u0062":2}"#, "it has neither a title nor a body; its keys are `a`, `bb`"),
      ("{}", "it has neither a title nor a body; its keys are none"),
    ])
  func malformed(line: String, reason: String) throws {
    let reading = try Reading(file: "a.jsonl", "{\"title\":\"before\"}\n\(line)\n{\"title\":\"after\"}")
    #expect(reading.articles.map(\.title) == ["before", "after"])
    #expect(reading.skipped.map(\.description) == ["a.jsonl:2: \(reason)"])
  }

  @Test(
    "Values may be nested 64 deep, the record itself counted, and no deeper",
    arguments: [(62, 1), (63, 1), (64, 0), (100_000, 0)])
  func nesting(depth: Int, articles: Int) throws {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let value = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      let reading = try Reading(file: "a.jsonl", "{\"title\":\"x\",\"deep\":\(value)}")
      #expect(reading.articles.count == articles)
      #expect(reading.skipped.map(\.reason).allSatisfy { $0.hasSuffix("it is nested deeper than 64 levels") })
    }
  }

  @Test("A line beyond the limit is skipped with its size, and the run goes on")
  func oversized() throws {
    let options = ReadingOptions(maximumArticleBytes: 100_000)
    let long = "{\"title\":\"\(String(repeating: "a", count: 1_000_000))\"}"
    let short = #"{"title":"short"}"#
    let tooMuchText = "{\"title\":\"\(String(repeating: "b", count: 100_001))\"}"
    let reading = try Reading(
      file: "a.jsonl", [short, long, short, tooMuchText, short, long].joined(separator: "\n"), options: options)
    #expect(reading.articles.map(\.id) == ["a.jsonl#1", "a.jsonl#3", "a.jsonl#5"])
    #expect(
      reading.skipped.map(\.description) == [
        "a.jsonl:2: the record has 976.5 KiB, more than the 259.3 KiB a record may have",
        "a.jsonl:4: the article has 97.6 KiB of text, more than the 97.6 KiB an article may have",
        "a.jsonl:6: the record has 976.5 KiB, more than the 259.3 KiB a record may have",
      ])
  }
}
