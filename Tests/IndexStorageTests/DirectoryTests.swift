import Testing

@testable import IndexStorage

/// The versions of ``Directory`` that must agree.
enum DirectoryVersion: String, CaseIterable, Sendable {
  case mapping, reading, memory, crashing, recording

  func make(in folder: TemporaryFolder) throws -> any Directory {
    switch self {
    case .mapping: try FileSystemDirectory(path: folder.path)
    case .reading: try FileSystemDirectory(path: folder.path, mapsFiles: false)
    case .memory: MemoryDirectory()
    case .crashing: CrashingDirectory()
    case .recording: RecordingDirectory(MemoryDirectory())
    }
  }
}

@Suite("Directories")
struct DirectoryTests {
  let folder = TemporaryFolder()

  @Test("What is written is read, listed, renamed and removed", arguments: DirectoryVersion.allCases)
  func life(version: DirectoryVersion) throws {
    let directory = try version.make(in: folder)
    #expect(try directory.list().isEmpty)
    let file = try directory.create("b")
    try file.append([1, 2, 3].span)
    let nothing: [UInt8] = []
    try file.append(nothing.span)
    try file.append([4].span)
    try file.sync()
    try file.close()
    try directory.write("empty", [])
    let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    try directory.write("a", large)
    try directory.sync()

    #expect(try directory.read("b") == [1, 2, 3, 4])
    #expect(try directory.read("empty") == [])
    #expect(try directory.read("a") == large)
    #expect(try directory.list().map(\.name) == ["a", "b", "empty"])
    #expect(try directory.list().map(\.byteCount) == [3_000_000, 4, 0])

    try directory.rename("b", to: "c")
    try directory.rename("c", to: "empty")
    #expect(try directory.read("empty") == [1, 2, 3, 4])
    try directory.remove("a")
    #expect(try directory.list().map(\.name) == ["empty"])
  }

  @Test("Open bytes outlive the file's name and its replacement", arguments: DirectoryVersion.allCases)
  func snapshots(version: DirectoryVersion) throws {
    let directory = try version.make(in: folder)
    try directory.write("a", [1, 2, 3])
    try directory.write("b", [4, 5, 6])
    let first = try directory.open("a")
    let second = try directory.open("b")
    try directory.remove("a")
    try directory.write("new", [7])
    try directory.rename("new", to: "b")
    #expect([UInt8](copying: first.bytes) == [1, 2, 3])
    #expect([UInt8](copying: second.bytes) == [4, 5, 6])
    #expect(try directory.read("b") == [7])
  }

  @Test("An existing file is not created again, a missing one is said to be missing", arguments: DirectoryVersion.allCases)
  func exclusive(version: DirectoryVersion) throws {
    let directory = try version.make(in: folder)
    try directory.write("a", [1])
    guard case .io(_, _, let code, _) = failure({ _ = try directory.create("a") }) else {
      Issue.record("a second creation must fail")
      return
    }
    #expect(code == 17)
    #expect(try directory.read("a") == [1])
    #expect(failure { _ = try directory.open("b") } == .missing(file: "b"))
    #expect(failure { try directory.remove("b") } == .missing(file: "b"))
    guard case .missing = failure({ try directory.rename("b", to: "c") }) else {
      Issue.record("a missing file cannot be renamed")
      return
    }
  }

  @Test("A name that reaches outside the folder is damage, not a path", arguments: DirectoryVersion.allCases)
  func names(version: DirectoryVersion) throws {
    let directory = try version.make(in: folder)
    for name in ["", ".", "..", "a/b", "/etc/passwd", "../a", "a\0b", String(repeating: "n", count: 256)] {
      #expect(failure { _ = try directory.create(name) }?.isCorrupt == true)
      #expect(failure { _ = try directory.open(name) }?.isCorrupt == true)
      #expect(failure { try directory.remove(name) }?.isCorrupt == true)
      #expect(failure { try directory.rename("a", to: name) }?.isCorrupt == true)
      #expect(failure { try directory.rename(name, to: "a") }?.isCorrupt == true)
      #expect(failure { _ = try directory.lock(name) }?.isCorrupt == true)
    }
  }

  @Test("A second lock is refused at once, and given after the first is let go", arguments: DirectoryVersion.allCases)
  func locks(version: DirectoryVersion) throws {
    let directory = try version.make(in: folder)
    let first = try directory.lock("lock")
    #expect(failure { _ = try directory.lock("lock") } == .locked(path: "\(directory.path)/lock"))
    let other = try directory.lock("other")
    withExtendedLifetime((first, other)) {}
    do {
      let again = try directory.lock("third")
      #expect(failure { _ = try directory.lock("third") } != nil)
      withExtendedLifetime(again) {}
    }
    _ = try directory.lock("third")
    #expect(try directory.list().map(\.name).contains("lock"))
  }
}
