import QueryLanguage
import SearchAPI
import Testing

@testable import LedeCommand

@Suite("Benchmark")
struct BenchmarkTests {
  @Test("Percentiles are nearest ranks")
  func percentiles() {
    let times = Percentiles((1...100).reversed().map { .milliseconds($0) })
    #expect(times[0.5] == .milliseconds(50))
    #expect(times[0.95] == .milliseconds(95))
    #expect(times[0.99] == .milliseconds(99))
    #expect(Percentiles([.seconds(1)])[0.5] == .seconds(1))
  }

  @Test(
    "Each query is counted under its kind",
    arguments: [
      ("lumber", "word"), ("a OR b", "union"), ("a b", "intersection"), ("\"a b\"", "phrase"), ("title:a", "field"),
      ("source:x a", "field"),
      ("a date:1987", "date"), ("date:1987", "date"), ("a -b", "mixed"), ("a \"b c\"", "mixed"), ("(a OR b) c", "mixed"),
      ("lumber^2", "word"),
    ])
  func kinds(text: String, kind: String) {
    let parser = QueryParser { $0.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) }
    #expect(QueryKind(of: parser.parse(text).query).rawValue == kind)
  }

  @Test("Query lists are read in each of their formats")
  func lists() throws {
    let folder = try ScratchFolder()
    let text = try folder.file("q.txt", "# remark\nlumber\n\nrail strike\r\n")
    #expect(try BenchmarkQueryList.read(text, joinsWithOr: false).map(\.text) == ["lumber", "rail strike"])
    let table = try folder.file("q.tsv", "1\tlumber\n2\trail strike\n")
    #expect(
      try BenchmarkQueryList.read(table, joinsWithOr: true)
        == ["lumber", "rail strike"].map { BenchmarkQuery(text: $0, joinsWithOr: true) })
    let lines = try folder.file("q.jsonl", #"{"query":"a b","tags":["union"]}"# + "\n" + #"{"query":"+c +d"}"# + "\n")
    #expect(
      try BenchmarkQueryList.read(lines, joinsWithOr: false)
        == [BenchmarkQuery(text: "a b", joinsWithOr: true), BenchmarkQuery(text: "+c +d", joinsWithOr: false)])
    #expect(throws: Failure.self) { try BenchmarkQueryList.read(folder.path("none.txt"), joinsWithOr: false) }
    #expect(throws: Failure.self) { try BenchmarkQueryList.read(folder.file("bad.jsonl", "nonsense\n"), joinsWithOr: false) }
  }

  @Test("bench builds both backends, finds equal counts and prints a row per kind")
  func bench() async throws {
    let archive = try SmallArchive()
    let queries = try archive.folder.file("q.txt", "lumber\nlumber tariff\ntitle:lumber\n")
    let run = try await LedeProcess.run("bench", queries, archive.folder.path("articles"), "--rounds", "2")
    #expect(run.status == 0)
    for text in ["built", "native", "sqlite", "word", "intersection", "field", "3 of 3", "1.000"] {
      #expect(run.output.contains(text))
    }
  }
}
