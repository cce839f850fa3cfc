import Foundation
import Testing

@Suite("Damaged and newer indexes")
struct DamageTests {
  @Test("verify says that a sound index is sound", arguments: SmallArchive.backends)
  func sound(backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let run = try await archive.lede("verify")
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("Checked "))
    #expect(run.output.hasSuffix(": all sound.\n"))
  }

  @Test("A flipped bit in any file of a native index makes verify exit 4 and name the file")
  func flippedBits() async throws {
    let archive = try await SmallArchive.indexed()
    for name in try archive.folder.names(in: "index") {
      let file = archive.folder.url.appendingPathComponent("index/\(name)")
      let sound = try Data(contentsOf: file)
      // The lock file is empty: nothing of it can be damaged.
      guard !sound.isEmpty else { continue }
      var damaged = sound
      damaged[sound.count / 2] ^= 0x10
      try damaged.write(to: file)
      let run = try await archive.lede("verify")
      #expect(run.status == 4, "\(name)")
      #expect((run.output + run.errors).contains(name))
      #expect(![0, 128 + 11, 128 + 4].contains(run.status))
      try sound.write(to: file)
    }
    #expect(try await archive.lede("verify").status == 0)
  }

  @Test("An SQLite file that is no database exits 4")
  func damagedSQLite() async throws {
    let archive = try await SmallArchive.indexed(backend: "sqlite")
    let file = archive.folder.url.appendingPathComponent("index/lede.sqlite")
    var data = try Data(contentsOf: file)
    for index in 0..<min(data.count, 4_096) { data[index] = 0x55 }
    try data.write(to: file)
    for command in [["search", "lumber"], ["verify"]] {
      let run = try await LedeProcess.run(LedeProcess.executable.path, command, environment: ["LEDE_INDEX": archive.index])
      #expect(run.status == 4)
      #expect(run.errors.contains("lede.sqlite"))
    }
  }
}
