import Foundation
import IndexStorage
import Testing

@Suite("The command killed at any moment")
struct KillTests {
  /// What became of the runs so far.
  private struct Tally {
    var kills = 0
    var acknowledged = 0
    var inTheMiddle = 0
    /// In microseconds.
    var longestDelay = 0
  }

  @Test(
    "What a run has acknowledged is there after kill -9 at a random moment, whole, and what it has not is there whole or not at all",
    arguments: SmallArchive.backends)
  func nothingLost(backend: String) async throws {
    let wanted = Extent.isLong ? 500 : 8
    let seed: UInt64 = 1
    var generator = SeededGenerator(seed: seed)
    var tally = Tally()
    var number = 0
    while tally.kills < wanted {
      // A new index every hundred kills, so that its making is cut short too.
      let folder = try ScratchFolder()
      let index = JudgedIndex(path: folder.path("index"), backend: backend)
      var contents: Change.Contents = [:]
      for _ in 0..<100 where tally.kills < wanted {
        number += 1
        // Text for two threads on the average, and for four at the most.
        let change = try Change.random(
          number: number, of: contents, wordCount: backend == "native" ? 1_000 : 40, in: folder, using: &generator)
        do {
          contents = try await attempt(change, on: index, &tally, using: &generator)
        } catch {
          Issue.record("\(backend), seed \(seed), change \(number) \(change.arguments): \(error)")
          return
        }
      }
      number += 1
      let last = try Change.indexing([61], number: number, of: contents, prunes: false, in: folder)
      guard try await index.run(last).status == 0 else {
        Issue.record("\(backend), seed \(seed): the index takes nothing more")
        return
      }
      number += 1
      let further = try Change.indexing([62], number: number, of: last.after, prunes: false, in: folder)
      #expect(try await index.leftovers(after: further) == nil, "\(backend), seed \(seed), change \(number)")
    }
    #expect(tally.acknowledged > 0)
    print(
      "kill -9, \(backend): \(tally.kills) kills in \(number) changes, \(tally.acknowledged) acknowledged, \(tally.inTheMiddle) cut short with files half written, 0 lost"
    )
  }

  /// Makes a change and kills it, or lets it end where it is quicker; returns what the index then holds.
  private func attempt(
    _ change: Change, on index: JudgedIndex, _ tally: inout Tally, using generator: inout SeededGenerator
  ) async throws -> Change.Contents {
    let before = (try? index.fileNames()) ?? []
    let delay = Duration.microseconds(Int.random(in: 1_000..<max(tally.longestDelay, 2_000), using: &generator))
    // The very first run is let go, so that there is something to lose; it also shows how long a run takes here.
    let isLetGo = tally.acknowledged == 0
    let start = ContinuousClock.now
    let run = try await LedeProcess.run(
      LedeProcess.executable.path, index.arguments(of: change), killedAfter: isLetGo ? nil : delay)
    if run.status == 0 { tally.longestDelay = Int((ContinuousClock.now - start) / .microseconds(1) * 1.1) }
    let isKilled = run.status == 128 + SIGKILL
    // Its summary is a promise, whether or not it lives to exit.
    let isAcknowledged = run.status == 0 || !run.output.isEmpty
    guard isKilled || run.status == 0 else { throw JudgedIndex.Complaint(description: "it exits \(run.status): \(run.errors)") }
    if isKilled {
      tally.kills += 1
      // Runs take longer where others compute; without this hardly one would get as far as its commit.
      tally.longestDelay = tally.longestDelay * 11 / 10
    }
    if isAcknowledged { tally.acknowledged += 1 }
    let after = (try? index.fileNames()) ?? []
    let isAfter = try await index.isAfter(change)
    if isKilled, !isAfter, !after.subtracting(before).isEmpty { tally.inTheMiddle += 1 }
    if isAcknowledged, !isAfter { throw JudgedIndex.Complaint(description: "it was acknowledged and is lost") }
    return isAfter ? change.after : change.before
  }
}
