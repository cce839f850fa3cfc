import Foundation
import Testing

@testable import IndexStorage

@Suite("The gate that background work passes")
struct WorkGateTests {
  @Test("Work waits while the gate is paused, goes on when it is not, and is turned back when it is cancelled")
  func gate() throws {
    let gate = WorkGate()
    try gate.pass("x")
    gate.pause()
    let outcomes = Guarded<[Bool]>([])
    let done = DispatchGroup()
    DispatchQueue.global().async(group: done) {
      do throws(StorageError) {
        try gate.pass("x")
        outcomes.withValue { $0.append(true) }
      } catch {
        outcomes.withValue { $0.append(false) }
      }
    }
    Thread.sleep(forTimeInterval: 0.02)
    #expect(outcomes.withValue { $0 } == [])
    gate.resume()
    done.wait()
    #expect(outcomes.withValue { $0 } == [true])
    gate.pause()
    gate.cancel()
    #expect(throws: StorageError.self) { try gate.pass("x") }
    gate.reopen()
    gate.resume()
    try gate.pass("x")
  }

  @Test("A gated directory appends nothing to any file once its work is given up, and removes and lists as before")
  func directory() throws {
    let base = MemoryDirectory()
    let gate = WorkGate()
    let directory = InterceptingDirectory(base, gate: gate)
    let file = try directory.create("a")
    try file.append([1, 2].span)
    gate.cancel()
    #expect(throws: StorageError.self) { try file.append([3].span) }
    #expect(base.files["a"] == [1, 2])
    #expect(try directory.list().map(\.name) == ["a"])
    try directory.remove("a")
    #expect(base.files.isEmpty)
  }
}
