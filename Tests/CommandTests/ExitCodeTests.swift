import Foundation
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  @Test("A search that finds something exits 0, one that finds nothing 1", arguments: SmallArchive.backends)
  func foundAndNotFound(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let found = try await archive.lede("search", "lumber")
    #expect(found.status == 0)
    let none = try await archive.lede("search", "zeppelin")
    #expect(none.status == 1)
    #expect(none.output.isEmpty)
    #expect(none.errors == "No article matches zeppelin.\n")
    #expect(try await archive.lede("search", "zeppelin", "-c").output == "0\n")
    #expect(try await archive.lede("search", "zeppelin", "-c").status == 1)
    #expect(try await archive.lede("show", "no-such-id").status == 1)
  }

  @Test(
    "A wrong command line exits 2 and says what is wrong",
    arguments: [
      (["serch", "lumber"], "serch"),
      (["search"], "query"),
      (["search", "lumber", "-n=-1"], "-n takes"),
      (["search", "lumber", "-n", "many"], "many"),
      (["search", "lumber", "--offset", "-1"], "offset"),
      (["search", "lumber", "--since", "1987-02-30"], "1987-02-30"),
      (["search", "lumber", "--since", "1988", "--until", "1987"], "nothing could match"),
      (["search", "lumber", "--sort", "best"], "best"),
      (["search", "lumber", "--b", "2"], "--b takes"),
      (["search", "lumber", "--k1", "nan"], "--k1 takes"),
      (["search", "lumber", "-c", "-l"], "Only one of"),
      (["index"], "paths"),
      (["index", ".", "--backend", "lucene"], "lucene"),
      (["index", ".", "--memory", "much"], "much"),
      (["index", ".", "--map", "headline"], "target=name"),
      (["index", ".", "--prune", "--dry-run"], "--prune"),
      (["delete"], "--query"),
      (["delete", "a1", "--query", "lumber"], "--query"),
      (["bench", "queries.txt"], "--native and --sqlite"),
    ])
  func usage(arguments: [String], names word: String) async throws {
    let run = try await LedeProcess.run(LedeProcess.executable.path, arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(word))
  }

  @Test("A word to exclude that was taken for an option exits 2 and says how to write it")
  func excludedWordTakenForOption() async throws {
    let archive = try await SmallArchive.indexed()
    let run = try await archive.lede("search", "lumber", "-tariff")
    #expect(run.status == 2)
    #expect(run.errors.contains("lede search 'lumber -tariff'"))
    #expect(try await archive.lede("search", "lumber -tariff", "-c").output == "2\n")
    #expect(try await archive.lede("search", "-c", "--", "lumber", "-tariff").output == "2\n")
  }

  @Test("Help and version exit 0 on standard output")
  func helpAndVersion() async throws {
    for arguments in [["--help"], ["--version"], ["help", "search"], ["search", "--help"], []] {
      let run = try await LedeProcess.run(LedeProcess.executable.path, arguments)
      #expect(run.status == 0)
      #expect(!run.output.isEmpty)
      #expect(run.errors.isEmpty)
    }
  }

  @Test("Asking an index for another backend than it was made with exits 2")
  func otherBackend() async throws {
    let archive = try await SmallArchive.indexed(backend: "native")
    let run = try await LedeProcess.run(
      "index", archive.folder.path("articles"), "--index", archive.index, "--backend", "sqlite")
    #expect(run.status == 2)
    #expect(run.errors.contains("made with the native backend, not sqlite"))
    #expect(try await archive.lede("search", "lumber", "-c").output == "3\n")
  }

  @Test(
    "Where there is no index, reading exits 3 and says how to make one",
    arguments: ["search x", "show x", "delete x", "delete --query x", "stats", "verify"])
  func noIndex(command: String) async throws {
    let folder = try ScratchFolder()
    let arguments = command.split(separator: " ").map(String.init)
    let unnamed = try await LedeProcess.run(LedeProcess.executable.path, arguments, in: folder.url)
    #expect(unnamed.status == 3)
    #expect(unnamed.errors.contains("lede index"))
    let named = try await LedeProcess.run(LedeProcess.executable.path, arguments + ["--index", folder.path("nothing")])
    #expect(named.status == 3)
    #expect(named.errors.contains(folder.path("nothing")))
    #expect(try folder.names().isEmpty)
  }

  @Test("The nearest .lede folder above is found, LEDE_INDEX goes before it and --index before both")
  func locations() async throws {
    let folder = try ScratchFolder()
    try folder.file("archive/deep/er/a.txt", "Near\n\nThe nearest one.")
    try folder.file("other/b.txt", "Far\n\nThe other one.")
    let archive = folder.url.appendingPathComponent("archive")
    #expect(try await LedeProcess.run("index", "deep", in: archive).status == 0)
    #expect(try await LedeProcess.run("index", folder.path("other"), "--index", folder.path("far")).status == 0)
    let deep = archive.appendingPathComponent("deep/er")
    let environment = ["LEDE_INDEX": folder.path("far")]
    #expect(try await LedeProcess.run("search", "-l", "one", in: deep).output == "er/a.txt\n")
    #expect(try await LedeProcess.run("search", "-l", "one", in: deep, environment: environment).output == "b.txt\n")
    let named = try await LedeProcess.run(
      "search", "-l", "one", "--index", archive.appendingPathComponent(".lede").path, in: deep, environment: environment)
    #expect(named.output == "er/a.txt\n")
  }
}
