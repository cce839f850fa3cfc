import ArchiveReaders
import SearchAPI
import Testing

@Suite("Buffers")
struct BufferTests {
  @Test("Records are whole wherever the ends of buffers fall in them", arguments: ["a.jsonl", "a.json", "a.csv", "a.sgm"])
  func everyPlace(name: String) throws {
    // Half a megabyte, so that two ends of buffers fall; shifts put them at other bytes of a record.
    for shift in SharedData.runsLongTests ? 0..<64 : 0..<2 {
      let titles = (0..<4_000).map { String(repeating: "x\"<\r\n,]}&;", count: $0 % 23) + "\($0)" }
      let padding = String(repeating: " ", count: shift)
      let text =
        switch name {
        case "a.jsonl": padding + titles.map { "{\"title\":\"\(BufferTests.escaped($0))\"}\r\n" }.joined()
        case "a.json": padding + "[" + titles.map { "{\"title\":\"\(BufferTests.escaped($0))\"}" }.joined(separator: " ,\n") + "]"
        case "a.csv": "title\(padding)\r\n" + titles.map { "\"\(BufferTests.doubled($0))\"\r\n" }.joined()
        default:
          padding
            + titles.map { "<REUTERS><TEXT></REUTERS<TITLE>\(BufferTests.entities($0))</TITLE></TEXT></REUTERS>\n" }.joined()
        }
      let reading = try Reading(file: name, text)
      #expect(reading.skipped.isEmpty)
      #expect(reading.articles.map { BufferTests.words($0.title) } == titles.map(BufferTests.words), "shift \(shift)")
    }
  }

  private static func escaped(_ text: String) -> String { replace(text, ["\"": "\\\"", "\r": "\\r", "\n": "\\n"]) }
  private static func doubled(_ text: String) -> String { replace(text, ["\"": "\"\""]) }
  private static func entities(_ text: String) -> String { replace(text, ["<": "&lt;", "&": "&amp;"]) }

  private static func replace(_ text: String, _ replacements: [Unicode.Scalar: String]) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += replacements[$1] ?? String($1) }
  }

  /// The text without regard to white space, which the lines of a title may lose.
  private static func words(_ text: String) -> [UInt8] { text.utf8.filter { $0 > 0x20 } }
}
