import Foundation
import Testing

@testable import IndexStorage

@Suite("Folders of the file system")
struct FileSystemDirectoryTests {
  let folder = TemporaryFolder()

  @Test("A new folder is for its owner alone, and so are its files")
  func permissions() throws {
    let path = folder.pathOf("new")
    let directory = try FileSystemDirectory(path: path, creation: .createIfMissing)
    try directory.write("file", [1])
    let lock = try directory.lock("lock")
    #expect(try folder.permissions(of: "new") == 0o700)
    #expect(try folder.permissions(of: "new/file") == 0o600)
    #expect(try folder.permissions(of: "new/lock") == 0o600)
    withExtendedLifetime(lock) {}
    _ = try FileSystemDirectory(path: path + "//", creation: .createIfMissing)
  }

  @Test("A folder that is not there, or is no folder, is an error")
  func noFolder() throws {
    #expect(failure { _ = try FileSystemDirectory(path: folder.pathOf("none")) } == .missing(file: folder.pathOf("none")))
    #expect(failure { _ = try FileSystemDirectory(path: folder.pathOf("none/deep"), creation: .createIfMissing) } != nil)
    #expect(failure { _ = try FileSystemDirectory(path: "") } != nil)
    #expect(failure { _ = try FileSystemDirectory(path: "a\0b") } != nil)
    try FileSystemDirectory(path: folder.path).write("file", [])
    #expect(failure { _ = try FileSystemDirectory(path: folder.pathOf("file")) } != nil)
  }

  @Test("Links, pipes and folders in the place of a file are refused without waiting", .timeLimit(.minutes(1)))
  func notFiles() throws {
    let directory = try FileSystemDirectory(path: folder.path)
    try directory.write("file", [1, 2])
    try FileManager.default.createSymbolicLink(atPath: folder.pathOf("link"), withDestinationPath: folder.pathOf("file"))
    try FileManager.default.createSymbolicLink(atPath: folder.pathOf("hanging"), withDestinationPath: folder.pathOf("target"))
    try FileManager.default.createDirectory(atPath: folder.pathOf("folder"), withIntermediateDirectories: false)
    unsafe mkfifo(folder.pathOf("pipe"), 0o600)
    for name in ["link", "hanging", "folder", "pipe"] {
      #expect(failure { _ = try directory.open(name) } != nil, "\(name)")
      #expect(failure { _ = try directory.create(name) } != nil, "\(name)")
    }
    for name in ["link", "hanging", "folder"] { #expect(failure { _ = try directory.lock(name) } != nil, "\(name)") }
    #expect(!FileManager.default.fileExists(atPath: folder.pathOf("target")))
    #expect(try directory.list().map(\.name) == ["file"])
  }

  @Test("A renamed folder is still the same folder")
  func renamed() throws {
    let path = folder.pathOf("old")
    let directory = try FileSystemDirectory(path: path, creation: .createIfMissing)
    try directory.write("file", [1])
    try FileManager.default.moveItem(atPath: path, toPath: folder.pathOf("new"))
    #expect(try directory.read("file") == [1])
  }

  @Test("No descriptor stays open")
  func descriptors() throws {
    guard folder.openDescriptorCount != nil else { return }
    do {
      let directory = try FileSystemDirectory(path: folder.path)
      try directory.write("file", [1, 2, 3])
      let abandoned = try directory.create("abandoned")
      let mapped = try directory.open("file")
      _ = try directory.list()
      _ = failure { _ = try directory.open("none") }
      let lock = try directory.lock("lock")
      _ = failure { _ = try directory.lock("lock") }
      withExtendedLifetime((abandoned, mapped, lock)) {}
    }
    #expect(folder.openDescriptorCount == 0)
  }

  #if os(Linux)
    @Test("A copy of the lock's descriptor, as a child process has it before it starts its program, does not keep the lock")
    func copiedDescriptor() throws {
      let directory = try FileSystemDirectory(path: folder.pathOf("copied"), creation: .createIfMissing)
      var lock: WriterLock? = try directory.lock("lock")
      let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
      let held = open.first { descriptor in
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
        return target?.hasSuffix("copied/lock") == true
      }
      let copy = dup(try #require(held))
      defer { close(copy) }
      #expect(failure { _ = try directory.lock("lock") } != nil)
      withExtendedLifetime(lock) {}
      lock = nil
      _ = try directory.lock("lock")
    }
  #endif

  @Test(
    "Another process is kept out by the lock, and its death gives the lock back",
    .enabled(if: pathOfProgram("flock") != nil, "there is no flock(1)"))
  func lockBetweenProcesses() throws {
    let directory = try FileSystemDirectory(path: folder.path)
    let path = folder.pathOf("lock")
    do {
      let lock = try directory.lock("lock")
      #expect(run("flock", ["--nonblock", path, "true"]) == 1)
      withExtendedLifetime(lock) {}
    }
    #expect(run("flock", ["--nonblock", path, "true"]) == 0)

    let output = Pipe()
    let holder = try #require(start("flock", ["--no-fork", path, "sh", "-c", "echo held; exec sleep 60"], output: output))
    _ = output.fileHandleForReading.readData(ofLength: 5)
    #expect(failure { _ = try directory.lock("lock") } == .locked(path: path))
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    _ = try directory.lock("lock")
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test("Codes of the operating system become errors that say what to do")
  func codes() {
    for code in [ENOSPC, EDQUOT, EFBIG] {
      #expect(StorageError(errno: code, operation: "write", path: "p") == .diskFull(path: "p"))
    }
    #expect(StorageError(errno: ENOENT, operation: "open", path: "p") == .missing(file: "p"))
    guard case .io("open", "p", EACCES, let reason) = StorageError(errno: EACCES, operation: "open", path: "p") else {
      Issue.record("EACCES is an error of the operating system")
      return
    }
    #expect(reason == "Permission denied")
  }

  @Test("Short writes and interruptions lose no byte", arguments: Array(1...20) as [UInt64])
  func shortWrites(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    var written: [UInt8] = []
    let code = unsafe writeAll(bytes.span) { rest in
      if Int.random(in: 0..<3, using: &generator) == 0 {
        errno = EINTR
        return -1
      }
      let count = Int.random(in: 1...min(rest.count, 700), using: &generator)
      unsafe written += rest.prefix(count)
      return count
    }
    #expect(code == 0)
    #expect(written == bytes)

    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 10_000, alignment: 1)
    defer { unsafe memory.deallocate() }
    var position = 0
    let outcome = unsafe readAll(into: memory) { rest in
      if Int.random(in: 0..<3, using: &generator) == 0 {
        errno = EINTR
        return -1
      }
      let count = min(Int.random(in: 1...700, using: &generator), bytes.count - position)
      for index in 0..<count { unsafe rest[index] = bytes[position + index] }
      position += count
      return count
    }
    #expect((try? outcome.get()) == 10_000)
    #expect(unsafe Array(memory) == bytes)
  }

  @Test("An error in the middle of a write is that error, and a write that takes nothing is not tried for ever")
  func failingWrites() {
    let bytes: [UInt8] = [1, 2, 3, 4]
    var calls = 0
    let full = unsafe writeAll(bytes.span) { _ in
      calls += 1
      if calls == 1 { return 2 }
      errno = ENOSPC
      return -1
    }
    #expect(full == ENOSPC)
    let stuck = unsafe writeAll(bytes.span) { _ in 0 }
    #expect(stuck == EIO)
  }

  @Test("A file cut short while it is read into memory is an error")
  func readShort() {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 10, alignment: 1)
    defer { unsafe memory.deallocate() }
    var calls = 0
    let outcome = unsafe readAll(into: memory) { _ in
      calls += 1
      return calls == 1 ? 4 : 0
    }
    #expect((try? outcome.get()) == 4)
  }

  @Test("Hints about reading are harmless whatever the range")
  func advice() throws {
    let directory = try FileSystemDirectory(path: folder.path)
    try directory.write("file", Array(repeating: 7, count: 100_000))
    let file = try directory.open("file")
    for access in [MappedFile.Access.normal, .random, .sequential, .willNeed] {
      for range in [0..<100_000, 5_000..<5_001, -5..<3, 99_999..<Int.max, 4..<4] { file.advise(access, range) }
    }
    #expect([UInt8](copying: file.bytes) == Array(repeating: 7, count: 100_000))
  }

  @Test(
    "A full disk is said to be full, the old bytes stay, and work goes on after space returns",
    .enabled(if: SmallDisk.isPossible, "a small disk cannot be mounted here (needs root)"), arguments: [16, 64, 256, 1_024])
  func fullDisk(kibibytes: Int) throws {
    let disk = try #require(SmallDisk(path: folder.pathOf("disk"), kibibytes: kibibytes))
    let directory = try FileSystemDirectory(path: disk.path)
    try AtomicFile.replace("MANIFEST", with: [1, 2, 3], in: directory)

    let writer = try CheckedFileWriter(directory: directory, name: "big", identity: CheckedFileTests.identity)
    let error = failure {
      try writer.append(Array(repeating: 7, count: 2_000_000))
      _ = try writer.finish()
    }
    #expect(error == .diskFull(path: "\(disk.path)/big"))
    #expect(failure { try AtomicFile.replace("MANIFEST", with: Array(repeating: 4, count: 2_000_000), in: directory) } != nil)
    #expect(try directory.read("MANIFEST") == [1, 2, 3])
    writer.abandon()
    #expect(try directory.list().map(\.name) == ["MANIFEST"])
    // The space may return late: a process that another test is just starting holds our descriptors until it runs its program.
    for _ in 0..<200 {
      let hasSpace = (try? directory.write("probe", Array(repeating: 0, count: 8_192))) != nil
      try directory.remove("probe")
      if hasSpace { break }
      usleep(10_000)
    }
    try AtomicFile.replace("MANIFEST", with: [4], in: directory)
    #expect(try directory.read("MANIFEST") == [4])
  }
}

/// A disk in memory of a given size, mounted while the value lives.
final class SmallDisk {
  let path: String

  init?(path: String, kibibytes: Int) {
    self.path = path
    unsafe mkdir(path, 0o700)
    guard run("mount", ["-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", path]) == 0 else { return nil }
  }

  deinit { _ = run("umount", ["-l", path]) }

  /// Whether this process may mount disks.
  static let isPossible: Bool = {
    #if os(Linux)
      let folder = TemporaryFolder()
      return SmallDisk(path: folder.pathOf("probe"), kibibytes: 16) != nil
    #else
      return false
    #endif
  }()
}
