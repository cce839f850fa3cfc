import Foundation
import Testing

@Suite("The command with a fault at a system call")
struct SystemCallFaultTests {
  /// What became of a run, counted.
  private struct Tally {
    var points = 0
    var before = 0
    var after = 0
    var bad = 0
  }

  @Test(
    "A system call that fails, or a death before it, leaves the old commit or the new one, and the same run succeeds afterwards",
    .enabled(if: MachineFacts.strace != nil, "needs strace, and the right to trace"),
    arguments: [("native", 1), ("native", 3), ("sqlite", 1)])
  func faults(backend: String, threadCount: Int) async throws {
    let folder = try ScratchFolder()
    let index = JudgedIndex(path: folder.path("index"), backend: backend, threadCount: threadCount)
    let first = try Change.indexing(Array(0..<12), number: 1, of: [:], prunes: false, in: folder)
    try await expectSuccess(first, index)
    // Articles are added, replaced and deleted.
    let change = try Change.indexing(
      Array(6..<20), number: 2, of: first.after, prunes: true, wordCount: threadCount > 1 ? 2_000 : 40, in: folder)
    let further = Change.deleting(["a7"], of: change.after)
    let sound = folder.url.appendingPathComponent("sound")
    try FileManager.default.copyItem(at: URL(fileURLWithPath: index.path), to: sound)

    let strace = try #require(MachineFacts.strace)
    let log = folder.path("log")
    let program = [LedeProcess.executable.path] + index.arguments(of: change)
    // Calls are counted by thread: with one thread for all tasks they have the same numbers each time. Those of threads that build
    // together vary; a fault that finds no call is passed over.
    let oneThread = ["LIBDISPATCH_COOPERATIVE_POOL_STRICT": "1"]
    let untroubled = try await LedeProcess.run(
      strace, SystemCallFault.arguments(log: log, trace: SystemCallFault.calls.joined(separator: ","), program),
      environment: oneThread)
    #expect(untroubled.status == 0)
    var faults = SystemCallFault.all(in: try String(contentsOfFile: log, encoding: .utf8), index: index.path)
    if !Extent.isLong {
      // A dozen, spread evenly, and always the one call that makes the commit.
      let stride = max(faults.count / 10, 1)
      faults = faults.enumerated().filter { $0.offset % stride == stride / 2 || $0.element.call.hasPrefix("rename") }.map(
        \.element)
    }

    var tally = Tally()
    for fault in faults {
      try FileManager.default.removeItem(atPath: index.path)
      try FileManager.default.copyItem(at: sound, to: URL(fileURLWithPath: index.path))
      let names = try index.fileNames()
      let run = try await LedeProcess.run(
        strace, SystemCallFault.arguments(log: log, trace: fault.call, inject: fault.description, program), environment: oneThread
      )
      guard fault.hit(index.path, in: try String(contentsOfFile: log, encoding: .utf8)) else { continue }
      tally.points += 1
      do {
        let isAfter = try await judge(run, fault, change, index, names: names)
        if isAfter { tally.after += 1 } else { tally.before += 1 }
        try await expectSuccess(change, index)
        if let leftovers = try await index.leftovers(after: further) {
          throw JudgedIndex.Complaint(description: leftovers)
        }
      } catch {
        tally.bad += 1
        Issue.record("\(backend), \(threadCount) threads, \(fault), exit \(run.status): \(error)\n\(run.errors)")
      }
    }
    #expect(tally.points >= (Extent.isLong ? 250 : 3))
    print(
      "strace, \(backend), threads: \(threadCount): \(tally.points) fault points hit of \(faults.count) tried, \(tally.before) left the old commit, \(tally.after) the new one, \(tally.bad) bad"
    )
  }

  /// Whether the index is the new one; a ``JudgedIndex/Complaint`` where it is neither, or the run misled its caller.
  private func judge(
    _ run: LedeRun, _ fault: SystemCallFault, _ change: Change, _ index: JudgedIndex, names: Set<String>
  ) async throws -> Bool {
    let isAfter = try await index.isAfter(change)
    func require(_ condition: Bool, _ complaint: String) throws {
      guard condition else { throw JudgedIndex.Complaint(description: complaint) }
    }
    if fault.kind == .kill {
      try require(run.status == 128 + SIGKILL, "it lives on")
      return isAfter
    }
    try require(run.status < 128, "it crashes")
    // FTS5 says of a read that fails that the file is malformed; that it is sound the rest of this test shows.
    let isFailedRead = index.backend == "sqlite" && fault.call == "pread64"
    try require(run.status != 4 || isFailedRead, "it takes a failing system for a damaged index")
    try require(run.status != 0 || isAfter, "it claims a commit that is not there")
    try require(run.status == 0 || !run.errors.isEmpty, "it fails without a word")
    // What cannot be removed stays until the next commit.
    if !isAfter, index.backend == "native", !fault.call.hasPrefix("unlink") {
      let new = try index.fileNames().subtracting(names)
      try require(new.isEmpty, "it leaves \(new.sorted())")
    }
    return isAfter
  }

  private func expectSuccess(_ change: Change, _ index: JudgedIndex) async throws {
    let run = try await index.run(change)
    guard run.status == 0 else { throw JudgedIndex.Complaint(description: "a retry exits \(run.status): \(run.errors)") }
    guard try await index.contents() == change.after else { throw JudgedIndex.Complaint(description: "a retry is not found") }
  }
}
