import Foundation
import Testing

@Suite("The command without room")
struct SmallDiskTests {
  private static let sizes =
    Extent.isLong
    ? Array(stride(from: 4, through: 96, by: 4)) + Array(stride(from: 128, through: 1_024, by: 128)) : [16, 96]
  private static let room = 64 << 10

  /// Small enough for a disk of a hundred kibibytes.
  private func small(in folder: ScratchFolder) throws -> Change {
    try Change.indexing(Array(0..<6), number: 1, of: [:], prunes: false, in: folder)
  }

  /// Larger than the largest of the small disks, in either backend.
  private func large(after small: Change, in folder: ScratchFolder) throws -> Change {
    try Change.indexing(
      Array(3..<(Extent.isLong ? 400 : 150)), number: 2, of: small.after, prunes: true, wordCount: 120, in: folder)
  }

  @Test(
    "On a disk of any size a run succeeds, or exits 5 and leaves the index as it was; once there is room it succeeds",
    .enabled(if: MachineFacts.canMount, "needs root and mount"), arguments: SmallArchive.backends)
  func smallDisks(backend: String) async throws {
    let folder = try ScratchFolder()
    let small = try small(in: folder)
    let large = try large(after: small, in: folder)
    var (full, harmed) = (0, 0)
    for size in Self.sizes {
      let disk = try SmallDisk(kibibytes: size)
      let index = JudgedIndex(path: disk.folder.path("index"), backend: backend)
      do {
        for change in [small, large] {
          let run = try await index.run(change)
          let isFull = run.status != 0
          if isFull {
            full += 1
            // Without room SQLite cannot even make the map of its log, and with it read the index; ours can be read.
            if backend == "native" { try await judge(run, change, index) }
            try disk.resize(kibibytes: Self.room)
          }
          try await judge(run, change, index)
          let again = try await index.run(change)
          try require(again.status == 0, "with room again it exits \(again.status): \(again.errors)")
          try require(try await index.contents() == change.after, "with room again it is not found")
          if isFull, change.before.isEmpty { try shrink(disk, to: size) }
        }
      } catch {
        harmed += 1
        Issue.record("\(backend), \(size) KiB: \(error)")
      }
    }
    #expect(full >= Self.sizes.count)
    print(
      "small disk, \(backend): \(Self.sizes.count) sizes from \(Self.sizes[0]) KiB, full \(full) times, \(harmed) indexes harmed")
  }

  @Test(
    "Under a limit of the size of files a run succeeds, or fails cleanly and leaves the index as it was",
    arguments: SmallArchive.backends)
  func fileSizeLimits(backend: String) async throws {
    let folder = try ScratchFolder()
    let small = try small(in: folder)
    let large = try large(after: small, in: folder)
    var (full, harmed) = (0, 0)
    // In units of 512 bytes.
    let limits = Extent.isLong ? Array(1...20) + Array(stride(from: 32, through: 320, by: 32)) : [60]
    for limit in limits {
      let index = JudgedIndex(path: folder.path("index-\(limit)"), backend: backend)
      do {
        for change in [small, large] {
          let run = try await LedeProcess.run(
            "/bin/sh",
            ["-c", "ulimit -f \(limit); exec \"$@\"", "sh", LedeProcess.executable.path] + index.arguments(of: change))
          if run.status != 0 { full += 1 }
          // Of a file that may not grow SQLite says no more than that writing failed.
          try await judge(run, change, index, refusals: backend == "sqlite" ? [3, 5] : [5])
          let again = try await index.run(change)
          try require(again.status == 0, "without the limit it exits \(again.status): \(again.errors)")
          try require(try await index.contents() == change.after, "without the limit it is not found")
        }
      } catch {
        harmed += 1
        Issue.record("\(backend), \(limit) blocks: \(error)")
      }
    }
    #expect(full >= limits.count)
    print("file size limit, \(backend): \(limits.count) limits, \(full) runs refused, \(harmed) indexes harmed")
  }

  /// Holds a run to its word: it succeeded and the change is there, or it said that there is no room and nothing has changed.
  private func judge(_ run: LedeRun, _ change: Change, _ index: JudgedIndex, refusals: [Int32] = [5]) async throws {
    try require(run.status == 0 || refusals.contains(run.status), "it exits \(run.status): \(run.errors)")
    let isAfter = try await index.isAfter(change)
    try require(isAfter || run.status != 0, "it claims a commit that is not there")
    try require(!isAfter || run.status == 0, "it fails and has committed")
  }

  /// Takes the room away again, as far as what is there allows.
  private func shrink(_ disk: SmallDisk, to size: Int) throws {
    for size in [size, 256, 512, 1_024] where (try? disk.resize(kibibytes: size)) != nil { return }
  }

  private func require(_ condition: Bool, _ complaint: String) throws {
    guard condition else { throw JudgedIndex.Complaint(description: complaint) }
  }
}
