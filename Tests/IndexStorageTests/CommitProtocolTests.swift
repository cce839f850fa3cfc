import Foundation
import Testing

@testable import IndexStorage

/// Power cuts at every moment of small histories, judged by what was acknowledged.
///
/// `LEDE_LONG=1` runs the long form: 100,000 states and more.
@Suite("Commit protocol")
struct CommitProtocolTests {
  static let isLong = ProcessInfo.processInfo.environment["LEDE_LONG"] == "1"

  @Test("No power cut, after no fault and no death of a writer, loses a commit or damages the index")
  func protocolHolds() throws {
    var stateCount = 0
    let seeds: [UInt64] = Self.isLong ? Array(1...20) : [1]
    for seed in seeds {
      // All subsets of up to nine pending changes in one workload; as many in each did not end within half an hour beside other work.
      let statesPerMoment = Self.isLong ? (seed == 1 ? 512 : 64) : 16
      let search = StateSearch(seed: seed, commits: Self.isLong ? 2 + Int(seed % 3) : 2, statesPerMoment: statesPerMoment)
      let bad = try search.firstBadState()
      #expect(bad == nil, "seed \(seed)")
      stateCount += search.stateCount
    }
    print("commit protocol: \(stateCount) crash states of \(seeds.count) random workloads")
    #expect(!Self.isLong || stateCount >= 100_000)
  }

  @Test("A step left out is caught, whichever it is")
  func mutants() throws {
    let mutants = SmallStore.Mutant.allCases
    var caught = 0
    for mutant in mutants {
      let search = StateSearch(seed: 1, commits: 4, statesPerMoment: 16, mutant: mutant)
      let found = try search.firstBadState()
      #expect(found != nil, "\(mutant): \(search.stateCount) states")
      if found != nil { caught += 1 }
    }
    print("commit protocol: \(caught) of \(mutants.count) mutants caught")
    #expect(mutants.count >= 12)
  }
}

/// Runs histories, cuts the power everywhere, and looks for a state that breaks a promise.
final class StateSearch {
  private(set) var stateCount = 0
  private var generator: SeededGenerator
  private let commits: Int
  private let statesPerMoment: Int
  private let mutant: SmallStore.Mutant?

  init(seed: UInt64, commits: Int, statesPerMoment: Int, mutant: SmallStore.Mutant? = nil) {
    generator = SeededGenerator(seed: seed)
    self.commits = commits
    self.statesPerMoment = statesPerMoment
    self.mutant = mutant
  }

  /// What may be found: for each generation the contents that were ever written under its number, and what was acknowledged when.
  private struct Expectation {
    var contents: [UInt64: [[[UInt8]]]] = [0: [[]]]
    var acknowledged: [(moment: Int, generation: UInt64)] = [(0, 0)]
  }

  /// How a history is disturbed at one of its calls.
  private enum Disturbance {
    case none
    case death(atCall: Int)
    case fault(atCall: Int)
  }

  /// A description of the first state that breaks a promise, or nil.
  func firstBadState() throws -> String? {
    let (calls, bad) = try search(.none)
    if let bad { return bad }
    for call in 0..<calls {
      if let bad = try search(.death(atCall: call)).bad { return "a writer died at call \(call): \(bad)" }
      if let bad = try search(.fault(atCall: call)).bad { return "call \(call) failed: \(bad)" }
    }
    return nil
  }

  private func search(_ disturbance: Disturbance) throws -> (calls: Int, bad: String?) {
    let disk = CrashingDirectory()
    var expectation = Expectation()
    let calls = Guarded(0)
    // Earlier moments are those of the undisturbed history.
    let firstMoment = Guarded(0)
    let error = StorageError.io(operation: "test", path: "disk", code: 5, reason: "Input/output error")
    let disturbed = InterceptingDirectory(disk) { _ in
      let call = calls.withValue { count in
        count += 1
        return count - 1
      }
      switch disturbance {
      case .death(let last) where call >= last:
        if call == last { firstMoment.withValue { $0 = disk.moments.count - 1 } }
        return .stop(error)
      case .fault(let number) where call == number:
        firstMoment.withValue { $0 = disk.moments.count - 1 }
        return .fail(error)
      default: return .perform
      }
    }
    do {
      try run(commits, on: disturbed, disk: disk, &expectation)
    } catch {
      if case .none = disturbance { return (0, "a commit failed without cause: \(error)") }
      do {
        try run(1, on: disk, disk: disk, &expectation)
      } catch {
        return (0, "the next writer cannot commit: \(error)")
      }
    }
    return (calls.withValue { $0 }, try judge(disk.moments, from: firstMoment.withValue { $0 }, expectation))
  }

  /// One writer that commits a few times.
  private func run(_ commits: Int, on directory: any Directory, disk: CrashingDirectory, _ expectation: inout Expectation) throws
  {
    let store = try SmallStore(directory, mutant: mutant)
    for _ in 0..<commits {
      let content = (0..<Int.random(in: 1..<60, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let outcome = Result { try store.commit(content) }
      // Even a commit that failed may be found, if it became visible or its outcome is unknown.
      if let seen = try? SmallStore.read(MemoryDirectory(files: disk.moments.last!.visibleFiles)) {
        expectation.contents[seen.generation, default: []].append(seen.contents)
      }
      let generation = try outcome.get()
      expectation.acknowledged.append((disk.moments.count - 1, generation))
    }
  }

  private func judge(_ moments: [CrashMoment], from first: Int, _ expectation: Expectation) throws -> String? {
    var bad: String?
    for index in first..<moments.count {
      let acknowledged = expectation.acknowledged.last { $0.moment <= index }!.generation
      stateCount += moments[index].forEachState(limit: statesPerMoment, using: &generator) { files in
        guard bad == nil else { return }
        if let complaint = complaint(files, acknowledged, expectation) { bad = "moment \(index): \(complaint)" }
      }
      if let bad { return bad }
    }
    return nil
  }

  private func complaint(_ files: [String: [UInt8]], _ acknowledged: UInt64, _ expectation: Expectation) -> String? {
    let directory = MemoryDirectory(files: files)
    do {
      let found = try SmallStore.read(directory)
      guard found.generation >= acknowledged else {
        return "generation \(acknowledged) was acknowledged and \(found.generation) found"
      }
      guard expectation.contents[found.generation]?.contains(found.contents) == true else {
        return "generation \(found.generation) has contents that nobody wrote"
      }
      if stateCount % 7 == 0 {
        let next = try SmallStore(directory).commit([1, 2, 3])
        guard try SmallStore.read(directory).generation == next else { return "the next commit is not found" }
      }
      return nil
    } catch {
      return "\(error)"
    }
  }
}
