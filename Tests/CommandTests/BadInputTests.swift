import Foundation
import Testing

/// Real archives hold bad files. Each is named in a sentence, the run goes on, the exit code says so, and nothing else is lost.
@Suite("Bad input")
struct BadInputTests {
  /// Indexes a folder that holds one good article beside what `fill` puts there, and checks that the good one was found.
  private func indexBesideGoodArticle(_ backend: String, _ fill: (ScratchFolder) throws -> Void) async throws -> (
    run: LedeRun, count: String
  ) {
    let archive = try SmallArchive(backend: backend, jsonLines: #"{"id":"good","title":"Good","body":"lumber"}"# + "\n")
    try fill(archive.folder)
    let run = try await archive.index(archive.folder.path("articles"))
    #expect(try await archive.lede("search", "lumber", "-l").output == "good\n")
    #expect(try await archive.lede("verify").status == 0)
    return (run, try await archive.lede("search", "*", "-c").output)
  }

  @Test("A binary file is skipped by name", arguments: SmallArchive.backends)
  func binaryFile(backend: String) async throws {
    let (run, count) = try await indexBesideGoodArticle(backend) { folder in
      try folder.file(
        "articles/photo.txt",
        Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 37) }))
    }
    #expect(run.status == 3)
    #expect(run.errors.contains("skipped: photo.txt: "))
    #expect(count == "1\n")
  }

  @Test("An empty folder exits 1 with a sentence")
  func emptyFolder() async throws {
    let folder = try ScratchFolder()
    try FileManager.default.createDirectory(atPath: folder.path("articles"), withIntermediateDirectories: false)
    let run = try await LedeProcess.run("index", folder.path("articles"), "--index", folder.path("index"))
    #expect(run.status == 1)
    #expect(run.errors == "There is no article to index at this place.\n")
    #expect(try folder.names() == ["articles"])
  }

  @Test("A path that is not there exits 3 and makes no index")
  func missingPath() async throws {
    let folder = try ScratchFolder()
    let run = try await LedeProcess.run("index", folder.path("nothing"), "--index", folder.path("index"))
    #expect(run.status == 3)
    #expect(run.errors.contains("There is no file or folder at \(folder.path("nothing"))"))
    #expect(try folder.names().isEmpty)
  }

  @Test(
    "A folder without the right to read it is named",
    .enabled(
      if: !MachineFacts.isRoot || MachineFacts.setpriv != nil,
      "root reads everything, and setpriv is not there to be someone else"))
  func unreadableFolder() async throws {
    let folder = try ScratchFolder()
    try folder.file("articles/locked/a.txt", "Hidden\n\nlumber")
    try folder.file("articles/good.txt", "Good\n\nlumber")
    try FileManager.default.createDirectory(atPath: folder.path("work"), withIntermediateDirectories: false)
    for (name, mode) in [("articles/locked", 0), ("work", 0o777), ("articles", 0o755), ("", 0o755)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path(name))
    }
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("articles/locked")) }
    // The command may lie where nobody else can reach it: a copy stands where everyone can.
    try FileManager.default.copyItem(at: LedeProcess.executable, to: folder.url.appendingPathComponent("lede"))
    func lede(_ arguments: String...) async throws -> LedeRun {
      guard let setpriv = MachineFacts.setpriv else { return try await LedeProcess.run(folder.path("lede"), arguments) }
      return try await LedeProcess.run(
        setpriv, ["--reuid=65534", "--regid=65534", "--clear-groups", folder.path("lede")] + arguments)
    }
    let whole = try await lede("index", folder.path("articles"), "--index", folder.path("work/index"))
    #expect(whole.status == 3)
    #expect(whole.errors.contains("skipped: locked"))
    #expect(try await lede("search", "lumber", "-l", "--index", folder.path("work/index")).output == "good.txt\n")
    let direct = try await lede("index", folder.path("articles/locked"), "--index", folder.path("work/index"))
    #expect(direct.status == 3)
    #expect(direct.errors.contains("cannot be read: permission denied"))
  }

  @Test("Invalid UTF-8 is repaired, counted, and the words around it are found", arguments: SmallArchive.backends)
  func invalidUTF8(backend: String) async throws {
    let (run, count) = try await indexBesideGoodArticle(backend) { folder in
      try folder.file(
        "articles/broken.txt", Data("Broken\n\nbefore ".utf8) + Data([0xC3, 0x28, 0xFF, 0xC0, 0x80]) + Data(" after\n".utf8))
    }
    #expect(run.status == 0)
    #expect(run.errors.contains("with invalid characters repaired"))
    #expect(count == "2\n")
  }

  @Test("A line of 50 MB is skipped by name and the lines after it are read", arguments: SmallArchive.backends)
  func enormousLine(backend: String) async throws {
    let (run, count) = try await indexBesideGoodArticle(backend) { folder in
      var data = Data(#"{"id":"huge","title":"Huge","body":""#.utf8)
      data.append(Data(repeating: UInt8(ascii: "x"), count: 50_000_000))
      data.append(Data("\"}\n{\"id\":\"next\",\"title\":\"Next\",\"body\":\"after\"}\n".utf8))
      try folder.file("articles/huge.jsonl", data)
    }
    #expect(run.status == 3)
    #expect(run.errors.contains("skipped: huge.jsonl:1: "))
    #expect(count == "2\n")
  }

  @Test("JSON that is not an object is skipped by line", arguments: SmallArchive.backends)
  func notAnObject(backend: String) async throws {
    let (run, count) = try await indexBesideGoodArticle(backend) { folder in
      try folder.file("articles/mixed.jsonl", "[1,2]\n{\"id\":\"next\",\"title\":\"Next\"}\n\"text\"\n{\"id\":\n")
    }
    #expect(run.status == 3)
    for line in [1, 3, 4] { #expect(run.errors.contains("skipped: mixed.jsonl:\(line): ")) }
    #expect(count == "2\n")
  }

  @Test("A CSV without the column of the mapping exits 2, names the column and those that are there")
  func missingColumn() async throws {
    let folder = try ScratchFolder()
    let table = try folder.file("table.csv", "headline,text\nOne,first\n")
    let run = try await LedeProcess.run("index", table, "--index", folder.path("index"), "--map", "title=headline,body=story")
    #expect(run.status == 2)
    for word in ["story", "headline", "text"] { #expect(run.errors.contains(word)) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("index")))
  }

  @Test("The first twenty skipped records are named, the others counted")
  func manySkipped() async throws {
    let (run, _) = try await indexBesideGoodArticle("native") { folder in
      try folder.file("articles/bad.jsonl", String(repeating: "[]\n", count: 57))
    }
    let skipped = run.errors.split(separator: "\n").filter { $0.hasPrefix("skipped: ") }
    #expect(skipped.count == 21)
    #expect(skipped.last == "skipped: and 37 more")
    #expect(run.output.contains("57 skipped"))
  }

  @Test("--dry-run shows three articles and what they lack, and makes no index")
  func dryRun() async throws {
    let archive = try SmallArchive()
    let run = try await LedeProcess.run("index", archive.folder.path("articles"), "--index", archive.index, "--dry-run")
    #expect(run.status == 0)
    #expect(run.output.contains("title     Lumber tariff will hurt builders"))
    #expect(run.output.contains("missing   section, author, language, url"))
    #expect(!run.output.contains("It rained"))
    #expect(!FileManager.default.fileExists(atPath: archive.index))
  }

  @Test("Articles come in on standard input")
  func standardInput() async throws {
    let folder = try ScratchFolder()
    let run = try await LedeProcess.run("index", "-", "--index", folder.path("index"), input: Data(SmallArchive.jsonLines.utf8))
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Indexed 5 articles ("))
    let unknown = try await LedeProcess.run("index", "-", "--index", folder.path("other"), input: Data("just words".utf8))
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("--format"))
  }
}
