import ArchiveReaders
import SearchAPI
import Testing

@Suite("JSON files")
struct JSONTests {
  @Test(
    "Articles are read from an array or one after the other, however they are laid out",
    arguments: [
      #"[{"title":"a"},{"title":"b"}]"#, " [\n  {\n \"title\" : \"a\"\n } ,\n{\"title\":\"b\"}\n]\n\n",
      #"{"title":"a"}{"title":"b"}"#,
      "{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "\u{FEFF}[{\"title\":\"a\"},{\"title\":\"b\"}]",
      #"[{"title":"a","x":["]}",{"y":"\"}\\"}]},{"title":"b"}]"#,
    ])
  func layouts(text: String) throws {
    let reading = try Reading(file: "a.json", text)
    #expect(reading.articles.map(\.id) == ["a.json#1", "a.json#2"])
    #expect(reading.articles.map(\.title) == ["a", "b"])
    #expect(reading.skipped.isEmpty)
  }

  @Test("Nothing in it gives nothing", arguments: ["[]", "", " \n", "[\n]"])
  func empty(text: String) throws {
    let reading = try Reading(file: "a.json", text)
    #expect(reading.articles.isEmpty && reading.skipped.isEmpty)
  }

  @Test(
    "What is wrong is skipped with its place, and the rest is read",
    arguments: [
      (#"[{"title":"a"},1,{"title":"b"}]"#, ["a.json#2: not a JSON object: starts with `1`"]),
      (
        #"[{"title":"a"},"x, ]",[{"title":"c"}],{"title":"b"}]"#,
        ["a.json#2: not a JSON object: starts with `\"`", "a.json#3: not a JSON object: starts with `[`"]
      ),
      (#"[{"title":"a"},{"title":},{"title":"b"}]"#, ["a.json#2: malformed JSON at byte 10: a value is expected"]),
      (#"[{"title":"a"},{"title":"b"}"#, ["a.json: the array is not closed; the file may be cut short"]),
      (#"[{"title":"a"},{"title":"b"},"#, ["a.json: the array is not closed; the file may be cut short"]),
      (#"[{"title":"a"},{"title":"b"},{"tit"#, ["a.json#3: malformed JSON at byte 2: a string is not closed"]),
      (#"[{"title":"a"},{"title":"b"}] {"title":"c"} 1"#, ["a.json: more follows the end of the array, and is not read"]),
      (#"[{"title":"a"},{"title":"b"}]]"#, ["a.json: more follows the end of the array, and is not read"]),
      (#"{"title":"a"}}{"title":"b"}"#, ["a.json#2: not a JSON object: starts with `}`"]),
    ])
  func damaged(text: String, skipped: [String]) throws {
    let reading = try Reading(file: "a.json", text)
    #expect(reading.articles.map(\.title) == ["a", "b"])
    #expect(reading.skipped.map(\.description) == skipped)
  }

  @Test("An element beyond the limit is skipped with its size, and the next one is read")
  func oversized() throws {
    let long = "{\"title\":\"\(String(repeating: "a]}\\\"", count: 200_000))\"}"
    let reading = try Reading(
      file: "a.json", "[{\"title\":\"a\"},\n\(long)\n,{\"title\":\"b\"}]", options: ReadingOptions(maximumArticleBytes: 100_000))
    #expect(reading.articles.map(\.id) == ["a.json#1", "a.json#3"])
    #expect(
      reading.skipped.map(\.description) == ["a.json#2: the record has 976.5 KiB, more than the 259.3 KiB a record may have"])
  }
}
