import ArchiveReaders
import Foundation
import SearchAPI
import Testing

@Suite("Folders and files")
struct FolderTests {
  @Test("A folder is read through in the order of the bytes of its names; hidden files and other kinds are left alone")
  func order() throws {
    let folder = try TemporaryFolder()
    for name in [
      "b/2.txt", "b/1.txt", "a.txt", "b.txt", "B.txt", "ä.md", ".hidden.txt", ".git/x.txt", "README", "x.dtd", "c/d/e/3.jsonl",
    ] {
      try folder.write(name, "{\"title\":\"\(name)\"}")
    }
    let reading = try Reading(folder.path)
    #expect(reading.articles.map(\.origin) == ["B.txt", "a.txt", "b/1.txt", "b/2.txt", "b.txt", "c/d/e/3.jsonl#1", "ä.md"])
    #expect(reading.skipped.isEmpty)
    #expect(reading.counters.otherFiles == 2)
    #expect(reading.counters.files == 7)
    #expect(reading.counters.articles == 7)
    #expect(reading.bytesRead == reading.totalBytes)
  }

  @Test("An empty folder gives nothing")
  func empty() throws {
    let folder = try TemporaryFolder()
    let reading = try Reading(folder.path)
    #expect(reading.articles.isEmpty && reading.skipped.isEmpty)
    #expect(reading.totalBytes == 0)
  }

  @Test("A file is named by its path as typed, and read whatever folder it lies in")
  func namedFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.txt", "T\nB")
    #expect(try Reading(path).articles.map(\.id) == [path])
  }

  @Test("A named file without a known ending is read where its first bytes tell its format, else skipped with a reason")
  func sniffing() throws {
    let folder = try TemporaryFolder()
    let lines = try folder.write("lines", " \n{\"title\":\"a\"}\n{\"title\":\"b\"}")
    let array = try folder.write("array.dat", gzip(Array("[{\"title\":\"c\"}]".utf8)))
    let sgml = try folder.write("sgml", ReutersTests.record)
    let unknown = try folder.write("unknown", "Some text")
    let archive = try folder.write("x.tar.gz", gzip(Array("Some text".utf8)))
    let reading = try Reading(lines, array, sgml, unknown, archive)
    #expect(reading.articles.map(\.title) == ["a", "b", "c", "BAHIA <COCOA> REVIEW"])
    #expect(
      reading.skipped.map(\.description) == [
        "\(unknown): its format cannot be told from its name or first bytes; name it with --format",
        "\(archive): it packs many files in one; unpack it and index the folder",
      ])
    #expect(try Reading(unknown, options: ReadingOptions(format: .txt)).articles.map(\.title) == ["Some text"])
    #expect(reading.bytesRead == reading.totalBytes)
  }

  @Test("With a format, a folder gives the files of that format by name")
  func formatInFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.jsonl", "{\"title\":\"a\"}")
    try folder.write("b.txt", "text")
    let reading = try Reading(folder.path, options: ReadingOptions(format: .jsonl))
    #expect(reading.articles.map(\.title) == ["a"])
    #expect(reading.counters.otherFiles == 1)
  }

  @Test("Links and pipes inside a folder are neither followed nor read")
  func linksAndPipes() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret.txt", "secret")
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "a")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path + "/link.txt", withDestinationPath: outside.path + "/secret.txt")
    try files.createSymbolicLink(atPath: folder.path + "/folder", withDestinationPath: outside.path)
    try files.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: folder.path)
    try files.createSymbolicLink(atPath: folder.path + "/gone.txt", withDestinationPath: "/nowhere")
    #expect(unsafe mkfifo(folder.path + "/pipe.txt", 0o600) == 0)
    let reading = try Reading(folder.path)
    #expect(reading.articles.map(\.title) == ["a"])
    #expect(reading.skipped.isEmpty)
    #expect(reading.counters.links == 5)
    // A link that was named is followed.
    #expect(try Reading(folder.path + "/link.txt").articles.map(\.title) == ["secret"])
    #expect(try Reading(folder.path + "/folder").articles.map(\.title) == ["secret"])
  }

  @Test("What was named and cannot be read is an error in a sentence")
  func errors() throws {
    let folder = try TemporaryFolder()
    #expect(unsafe mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(throws: ReadingError.notFound(path: folder.path + "/none")) { try Reading(folder.path + "/none") }
    #expect(throws: ReadingError.notAFile(path: folder.path + "/pipe")) { try Reading(folder.path + "/pipe") }
    #expect(throws: ReadingError.notAFile(path: "/dev/null")) { try Reading("/dev/null") }
    #expect(throws: ReadingError.notFound(path: "")) { try Reading("") }
  }

  @Test(
    "What may not be read is an error when named, and skipped inside a folder",
    .enabled(if: geteuid() != 0, "the superuser may read all"))
  func permissions() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.txt", "a")
    try folder.write("closed/b.txt", "b")
    unsafe chmod(file, 0)
    unsafe chmod(folder.path + "/closed", 0)
    defer { unsafe chmod(folder.path + "/closed", 0o700) }
    #expect(throws: ReadingError.unreadable(path: file, reason: "permission denied")) { try Reading(file) }
    #expect(throws: ReadingError.unreadable(path: folder.path + "/closed", reason: "permission denied")) {
      try Reading(folder.path + "/closed")
    }
    #expect(
      try Reading(folder.path).skipped.map(\.description) == [
        "a.txt: it cannot be opened: permission denied", "closed: the folder cannot be read: permission denied",
      ])
  }

  @Test("A file whose name is no UTF-8 is read all the same")
  func strangeName() throws {
    let folder = try TemporaryFolder()
    let bytes = Array(folder.path.utf8) + Array("/a".utf8) + [0xFF] + Array("b.txt".utf8) + [0]
    let descriptor = unsafe bytes.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { path in
      unsafe open(path.baseAddress!, O_CREAT | O_WRONLY, 0o600)
    }
    try #require(descriptor >= 0, "the file system takes no such name")
    #expect(unsafe write(descriptor, "T", 1) == 1)
    close(descriptor)
    #expect(try Reading(folder.path).articles.map(\.id) == ["a\u{FFFD}b.txt"])
  }

  @Test("Folders nested deeper than the limit are skipped with a reason")
  func deepFolders() throws {
    let folder = try TemporaryFolder()
    try folder.write(String(repeating: "d/", count: 300) + "a.txt", "too deep")
    try folder.write("z.txt", "z")
    let reading = try Reading(folder.path)
    #expect(reading.articles.map(\.title) == ["z"])
    #expect(reading.skipped.map(\.reason) == ["folders are nested deeper than 256"])
  }
}

@Suite("Standard input")
struct StandardInputTests {
  @Test("Its format is told from its first bytes, compressed or not")
  func sniffing() throws {
    for (text, title) in [
      ("{\"title\":\"a\"}\n", "a"), ("\u{FEFF} [{\"title\":\"b\"}]", "b"), (ReutersTests.record, "BAHIA <COCOA> REVIEW"),
    ] {
      for bytes in [Array(text.utf8), gzip(Array(text.utf8)), zstd(Array(text.utf8))] {
        let reading = try Reading(standardInput: bytes)
        #expect(reading.articles.map(\.title) == [title])
        #expect(reading.totalBytes == nil)
        #expect(reading.bytesRead == bytes.count)
      }
    }
  }

  @Test("A record without an id is named after it")
  func ids() throws {
    #expect(try Reading(standardInput: Array("{\"title\":\"a\"}".utf8)).articles.map(\.id) == ["stdin#1"])
    #expect(try Reading(standardInput: Array("T\nB".utf8), options: ReadingOptions(format: .txt)).articles.map(\.id) == ["stdin"])
  }

  @Test("Other text needs its format named; nothing at all gives nothing")
  func unknown() throws {
    #expect(throws: ReadingError.unknownFormat) { try Reading(standardInput: Array("Some text".utf8)) }
    #expect(try Reading(standardInput: []).articles.isEmpty)
    #expect(
      try Reading(standardInput: Array("title\na".utf8), options: ReadingOptions(format: .csv)).articles.map(\.title) == ["a"])
  }
}
