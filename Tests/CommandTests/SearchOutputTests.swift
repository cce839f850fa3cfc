import Foundation
import Testing

@Suite("What lede search prints")
struct SearchOutputTests {
  @Test(
    "--json prints one object a line with the version, the rank and marks that point at what matched",
    arguments: SmallArchive.backends)
  func jsonShape(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let run = try await archive.lede("search", "lumber tariff", "--json")
    #expect(run.status == 0)
    #expect(run.lines.count == 1)
    let hit = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(hit["v"] as? Int == 1)
    #expect(hit["rank"] as? Int == 1)
    #expect(hit["id"] as? String == "a1")
    #expect(hit["date"] as? String == "1987-03-03")
    #expect(hit["source"] as? String == "Reuters")
    #expect(hit["section"] as? String == "Trade")
    #expect((hit["score"] as? Double ?? 0) > 0)
    #expect(marked(hit["title"], hit["titleMarks"]) == ["Lumber", "tariff"])
    let passage = try #require(hit["passage"] as? [String: Any])
    #expect(Set(marked(passage["text"], passage["marks"])) == ["tariff", "lumber"])
    #expect(passage["cutBefore"] is Bool && passage["cutAfter"] is Bool)
  }

  @Test("Marks of --json count code points, also behind characters of several bytes")
  func jsonMarksCountCodePoints() async throws {
    let archive = try await SmallArchive.indexed(jsonLines: #"{"id":"é","title":"Öl und 原油 lumber 😀 tariff","body":"x"}"# + "\n")
    let run = try await archive.lede("search", "lumber tariff", "--json")
    let hit = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(marked(hit["title"], hit["titleMarks"]) == ["lumber", "tariff"])
  }

  private func marked(_ text: Any?, _ marks: Any?) -> [String] {
    let scalars = Array((text as? String ?? "").unicodeScalars)
    return (marks as? [[Int]] ?? []).map { mark in
      var word = String.UnicodeScalarView()
      word.append(contentsOf: scalars[mark[0]..<mark[1]])
      return String(word)
    }
  }

  @Test("-c counts, -l lists ids, -n and --offset cut, --sort and dates do what they say", arguments: SmallArchive.backends)
  func shapes(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    #expect(try await archive.lede("search", "lumber", "-c").output == "3\n")
    #expect(try await archive.lede("search", "lumber", "-c", "--json").output == #"{"count":3,"v":1}"# + "\n")
    #expect(try await archive.lede("search", "lumber", "-l", "--sort", "newest").output == "a2\na1\na3\n")
    #expect(try await archive.lede("search", "lumber", "-l", "--sort", "oldest").output == "a3\na1\na2\n")
    #expect(try await archive.lede("search", "lumber", "-l", "--sort", "oldest", "-n", "1", "--offset", "1").output == "a1\n")
    #expect(try await archive.lede("search", "lumber", "-c", "--since", "1987").output == "2\n")
    #expect(try await archive.lede("search", "lumber", "-c", "--until", "1986-11-20").output == "1\n")
    #expect(try await archive.lede("search", "mill", "rained", "-c").output == "0\n")
    #expect(try await archive.lede("search", "mill", "rained", "-c", "--any").output == "2\n")
  }

  @Test("The page names count, time and the query as understood, then each hit with date, source and score")
  func page() async throws {
    let archive = try await SmallArchive.indexed()
    let run = try await archive.lede("search", "lumber", "TARIFF")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("1 of 1 article · "))
    #expect(lines[0].hasSuffix("s · lumber AND tariff"))
    #expect(lines[1].isEmpty)
    #expect(lines[2].hasPrefix(" 1  Lumber tariff will hurt builders "))
    #expect(lines[2].hasSuffix("1987-03-03  Reuters"))
    #expect(lines[3] == "    The tariff on softwood lumber took effect in January.")
    #expect(lines[4].hasPrefix("    a1 ") && lines[4].contains("score "))
    #expect(run.errors.isEmpty)
  }

  @Test("An offset past the last hit says so and still counts as found")
  func offsetPastTheEnd() async throws {
    let archive = try await SmallArchive.indexed()
    let run = try await archive.lede("search", "lumber", "--offset", "7")
    #expect(run.status == 0)
    #expect(run.errors.contains("3 articles match lumber"))
  }

  @Test("What the parser repaired is told on standard error, and the search goes on")
  func notes() async throws {
    let archive = try await SmallArchive.indexed()
    let run = try await archive.lede("search", "\"softwood lumber", "-l")
    #expect(run.status == 0)
    #expect(run.output == "a1\n")
    #expect(run.errors.hasPrefix("note: "))
  }

  @Test("--explain-query draws the query with a count for each part")
  func explainQuery() async throws {
    let archive = try await SmallArchive.indexed()
    let run = try await archive.lede("search", "lumber (tariff OR mill) -rain", "--explain-query")
    #expect(
      run.output == """
        all of        2 articles
        ├─ lumber     3 articles
        ├─ any of     2 articles
        │  ├─ tariff   1 article
        │  └─ mill     1 article
        └─ not        4 articles
           └─ rain     1 article

        """)
  }

  @Test("show prints the article; with --json as one object")
  func show() async throws {
    let archive = try await SmallArchive.indexed()
    let page = try await archive.lede("show", "a1")
    #expect(
      page.output == """
        Lumber tariff will hurt builders
        1987-03-03 · Reuters · Trade

        The tariff on softwood lumber took effect in January.

        """)
    let object = try await archive.lede("show", "a1", "--json")
    let article = try #require(JSONSerialization.jsonObject(with: Data(object.output.utf8)) as? [String: Any])
    #expect(article["v"] as? Int == 1)
    #expect(article["body"] as? String == "The tariff on softwood lumber took effect in January.")
  }
}
