import Foundation
import IndexStorage
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

  @Test("An index of a newer version exits 6, names both versions, and is left alone", arguments: SmallArchive.backends)
  func newerVersion(backend: String) async throws { try await otherVersion(99, says: "newer version", backend: backend) }

  @Test("An index of an older format exits 6, says to build it again, and is left alone")
  func olderVersion() async throws {
    for version in [1, 2] as [UInt8] {
      try await otherVersion(
        version, says: "older version of Lede; this one reads only 3. Build the index again", backend: "native")
    }
    try await otherVersion(1, says: "older version of Lede; this one reads only 2. Build the index again", backend: "sqlite")
  }

  private func otherVersion(_ version: UInt8, says sentence: String, backend: String) async throws {
    let archive = try await SmallArchive.indexed(backend: backend)
    let file = archive.folder.url.appendingPathComponent(backend == "native" ? "index/MANIFEST" : "index/lede.sqlite")
    var bytes = [UInt8](try Data(contentsOf: file))
    if backend == "native" {
      // The version stands behind the magic of 8 bytes; the last 8 are the checksum of all bytes before them, in every version.
      bytes[8] = version
      let checksum = Checksum.of(bytes.span.extracting(0..<bytes.count - 8))
      for index in 0..<8 { bytes[bytes.count - 8 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index)) }
    } else {
      // SQLite keeps `PRAGMA user_version` at offset 60 of its header, big-endian.
      bytes[63] = version
    }
    try Data(bytes).write(to: file)
    for command in [
      ["search", "lumber"], ["stats"], ["verify"], ["verify", "--repair"], ["compact"],
      ["index", archive.folder.path("articles")],
    ] {
      let run = try await LedeProcess.run(LedeProcess.executable.path, command, environment: ["LEDE_INDEX": archive.index])
      #expect(run.status == 6, "\(command)")
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("format \(version)") && run.errors.contains(sentence), "\(command): \(run.errors)")
    }
    #expect([UInt8](try Data(contentsOf: file)) == bytes)
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
