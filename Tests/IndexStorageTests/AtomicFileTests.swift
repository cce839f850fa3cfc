import Testing

@testable import IndexStorage

@Suite("Atomic replacement")
struct AtomicFileTests {
  @Test("The steps come in the order that survives a power cut")
  func order() throws {
    let directory = RecordingDirectory(MemoryDirectory())
    try AtomicFile.replace("MANIFEST", with: [1, 2], in: directory)
    #expect(
      directory.operations == [
        .remove("MANIFEST.tmp"), .create("MANIFEST.tmp"), .append("MANIFEST.tmp", byteCount: 2), .syncFile("MANIFEST.tmp"),
        .close("MANIFEST.tmp"), .rename("MANIFEST.tmp", to: "MANIFEST"), .sync,
      ])
    #expect(try directory.read("MANIFEST") == [1, 2])
  }

  @Test("What a dead writer left behind is replaced")
  func leftover() throws {
    let directory = MemoryDirectory(files: ["MANIFEST": [1], "MANIFEST.tmp": [9, 9, 9]])
    try AtomicFile.replace("MANIFEST", with: [2], in: directory)
    #expect(directory.files == ["MANIFEST": [2]])
  }

  @Test(
    "A fault at any call leaves the old bytes and no temporary file; only the last sync leaves the outcome unknown",
    arguments: FailingDirectory.Fault.Kind.allCases, [false, true])
  func faults(kind: FailingDirectory.Fault.Kind, lasts: Bool) throws {
    let calls = FailingDirectory(MemoryDirectory(files: ["MANIFEST": [1]]), fault: nil)
    try AtomicFile.replace("MANIFEST", with: [2, 3], in: calls)
    #expect(calls.callCount == 7)

    for call in 0..<calls.callCount {
      let memory = MemoryDirectory(files: ["MANIFEST": [1]])
      let failing = FailingDirectory(memory, fault: .init(atCall: call, kind: kind, lasts: lasts))
      do {
        try AtomicFile.replace("MANIFEST", with: [2, 3], in: failing)
        #expect(failing.failures.isEmpty)
        #expect(memory.files == ["MANIFEST": [2, 3]])
      } catch .outcomeUnknown {
        #expect(failing.failures == [.sync])
        #expect(memory.files == ["MANIFEST": [2, 3]])
      } catch {
        #expect(!failing.failures.isEmpty)
        #expect(memory.files["MANIFEST"] == [1])
        if !lasts { #expect(memory.files == ["MANIFEST": [1]]) }
        failing.heal()
        try AtomicFile.replace("MANIFEST", with: [4], in: failing)
        #expect(memory.files == ["MANIFEST": [4]])
      }
    }
  }

  @Test("No descriptor and no temporary file is left by a fault on a real folder")
  func faultsOnDisk() throws {
    for call in 0..<7 {
      let folder = TemporaryFolder()
      let directory = FailingDirectory(
        try FileSystemDirectory(path: folder.path), fault: .init(atCall: call, kind: .inputOutput))
      let error = failure { try AtomicFile.replace("MANIFEST", with: [1], in: directory) }
      #expect(error != nil)
      #expect(try directory.list().map(\.name) == (call == 6 ? ["MANIFEST"] : []))
      // One is the folder itself.
      if let count = folder.openDescriptorCount { #expect(count == 1) }
    }
  }

  @Test(
    "A power cut at any moment leaves all of the old bytes or all of the new, and the new ones once it has returned",
    arguments: [1, 2, 100])
  func crashes(byteCount: Int) throws {
    let old = [UInt8](repeating: 1, count: 50)
    let new = [UInt8](repeating: 2, count: byteCount)
    let directory = CrashingDirectory(files: ["MANIFEST": old, "MANIFEST.tmp": [7]])
    try AtomicFile.replace("MANIFEST", with: new, in: directory)
    var generator = SeededGenerator(seed: 1)
    var states = 0
    for (index, moment) in directory.moments.enumerated() {
      states += moment.forEachState(limit: 4_096, using: &generator) { files in
        #expect(files["MANIFEST"] == old || files["MANIFEST"] == new)
        if index == directory.moments.count - 1 { #expect(files == ["MANIFEST": new]) }
      }
    }
    #expect(states >= 40)
  }

  @Test("Clean-up removes our own files that nothing names, and nothing else")
  func leftovers() throws {
    let names = ["MANIFEST", "lock", "1.postings", "2.postings", "notes.txt"]
    let memory = MemoryDirectory(files: Dictionary(uniqueKeysWithValues: names.map { ($0, [1]) }))
    let outcome = try Leftovers.remove(from: memory, live: ["MANIFEST", "lock", "1.postings"]) { $0.hasSuffix(".postings") }
    #expect(outcome.removed == ["2.postings"])
    #expect(outcome.failures.isEmpty)
    #expect(Set(memory.files.keys) == ["MANIFEST", "lock", "1.postings", "notes.txt"])
  }

  @Test("A file that cannot be removed is reported and the others go")
  func stubbornLeftovers() throws {
    let memory = MemoryDirectory(files: ["1.x": [], "2.x": [], "3.x": []])
    let failing = FailingDirectory(memory, fault: .init(atCall: 2, kind: .inputOutput))
    let outcome = try Leftovers.remove(from: failing, live: []) { _ in true }
    #expect(outcome.removed == ["1.x", "3.x"])
    #expect(outcome.failures.count == 1)
    #expect(Array(memory.files.keys) == ["2.x"])
  }
}
