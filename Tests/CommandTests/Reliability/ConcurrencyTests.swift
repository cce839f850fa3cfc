import Foundation
import IndexStorage
import NativeBackend
import QueryLanguage
import SQLiteBackend
import SearchAPI
import Testing

@Suite("A writer and many readers", .serialized)
struct ConcurrencyTests {
  private static let duration = Duration.seconds(Extent.isLong ? 60 : 2)
  private static let threadCount = 8
  private static let processCount = 4

  /// What the writer has done, and what readers have found.
  private struct Progress {
    /// Begun, perhaps visible already.
    var begun = 0
    /// Committed, for certain.
    var acknowledged = 0
    var answers = 0
    var complaints: [String] = []
    var isOver = false

    var hasFewAnswers: Bool { answers <= 2 * (ConcurrencyTests.threadCount + ConcurrencyTests.processCount) }
  }

  @Test(
    "Every answer is some committed generation, none older than what was committed before it was asked for, and generations never go back",
    arguments: SmallArchive.backends)
  func generations(backend: String) async throws {
    let folder = try ScratchFolder()
    let path = folder.path("index")
    let progress = Guarded(Progress())
    let index = try await create(path, backend)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<Self.threadCount {
        let thread = ThreadOfItsOwn("reader \(number)")
        group.addTask(executorPreference: thread) {
          // Half of them search beside the writer, half open the index anew each time, as other processes do.
          await read(progress) {
            let reader = number.isMultiple(of: 2) ? index : try await open(path, backend)
            let request = SearchRequest(
              reader.parse(StampedArchive.queryText, QueryOptions()).query, limit: 1_000, countsMatches: true, passageLength: 60)
            let response = try await reader.search(request)
            guard response.matchCount == response.hits.count else {
              throw JudgedIndex.Complaint(description: "\(response.hits.count) hits of \(response.matchCount ?? -1) matches")
            }
            return response.hits.map { .init(id: $0.id, title: $0.title.text, passage: $0.passage?.text ?? "") }
          }
        }
      }
      for _ in 0..<Self.processCount { group.addTask { await read(progress) { try await hitsOfCommand(path) } } }
      await write(to: index, progress)
    }
    let result = progress.withValue { $0 }
    #expect(result.complaints.isEmpty, "\(backend): \(result.complaints.prefix(5))")
    #expect(result.acknowledged > 2 && !result.hasFewAnswers)
    try await expectNothingLeft(of: index, at: path, generation: result.acknowledged + 1)
    print(
      "1 writer, \(Self.threadCount) reader threads, \(Self.processCount) reader processes, \(backend), \(Self.duration): \(result.acknowledged) generations, \(result.answers) answers, \(result.complaints.count) torn, stale or going back"
    )
  }

  /// Commits one generation after the other until the time is over.
  private func write(to index: any SearchBackend, _ progress: Guarded<Progress>) async {
    struct GivenUp: Error {}
    let end = ContinuousClock.now + Self.duration
    do {
      var generation = 0
      // A few at least, and as long as readers have hardly had a turn: a sanitizer or other work makes either slow.
      while ContinuousClock.now < end || generation < 5 || progress.withValue({ $0.hasFewAnswers && $0.complaints.isEmpty }) {
        generation += 1
        if generation.isMultiple(of: 5) {
          // What is given up must never be seen; it says that it is a far later generation.
          do {
            try await index.write { writer in
              try await StampedArchive.write(generation + 1_000_000, to: writer)
              throw GivenUp()
            }
          } catch is GivenUp {}
        }
        progress.withValue { $0.begun = generation }
        try await index.write { writer in try await StampedArchive.write(generation, to: writer) }
        progress.withValue { $0.acknowledged = generation }
      }
    } catch { progress.withValue { $0.complaints.append("the writer: \(error)") } }
    progress.withValue { $0.isOver = true }
  }

  /// Asks again and again until the writer has ended.
  private func read(_ progress: Guarded<Progress>, _ ask: () async throws -> [StampedArchive.Hit]) async {
    var last = 0
    while !progress.withValue({ $0.isOver || $0.complaints.count > 20 }) {
      let acknowledged = progress.withValue { $0.acknowledged }
      do {
        let generation = try StampedArchive.generation(of: try await ask())
        let begun = progress.withValue { $0.begun }
        guard (max(acknowledged, last)...max(acknowledged, last, begun)).contains(generation) else {
          throw JudgedIndex.Complaint(
            description: "generation \(generation), after \(last) was seen, \(acknowledged) acknowledged and \(begun) begun")
        }
        last = generation
        progress.withValue { $0.answers += 1 }
      } catch { progress.withValue { $0.complaints.append("\(error)") } }
      // Readers that never rest leave the writer no processor on a small machine.
      try? await Task.sleep(for: .milliseconds(Self.threadCount))
    }
  }

  /// What the command prints, as hits.
  private func hitsOfCommand(_ path: String) async throws -> [StampedArchive.Hit] {
    struct Record: Decodable {
      struct Passage: Decodable { let text: String }
      let id: String
      let title: String
      let passage: Passage?
    }
    let run = try await LedeProcess.run("search", StampedArchive.queryText, "--json", "-n", "1000", "--index", path)
    // 1: nothing matches, as before the first commit.
    guard run.status <= 1 else { throw JudgedIndex.Complaint(description: "a reader exits \(run.status): \(run.errors)") }
    return try run.lines.map { line in
      let record = try JSONDecoder().decode(Record.self, from: Data(line.utf8))
      return .init(id: record.id, title: record.title, passage: record.passage?.text ?? "")
    }
  }

  private func create(_ path: String, _ backend: String) async throws -> any SearchBackend {
    guard backend == "native" else { return try await SQLiteBackend(creatingAt: path) }
    // Several threads write each generation, few articles as it has.
    var options = NativeOptions(threadCount: 3)
    options.segmentByteCount = 96 << 10
    options.batchByteCount = 512
    return try NativeBackend(creatingAt: path, options)
  }

  private func open(_ path: String, _ backend: String) async throws -> any SearchBackend {
    backend == "native" ? try NativeBackend(openingAt: path) : try await SQLiteBackend(openingAt: path)
  }

  /// After all this the index is sound, and neither files nor descriptors have gathered.
  private func expectNothingLeft(of index: any SearchBackend, at path: String, generation: Int) async throws {
    let before = try await index.verify()
    try await index.write { writer in try await StampedArchive.write(generation, to: writer) }
    let after = try await index.verify()
    #expect(before.problems.isEmpty && after.problems.isEmpty)
    let fileCount = try FileManager.default.contentsOfDirectory(atPath: path).count
    // Those of the last two commits; and SQLite has its log and its map of the log, which no report counts.
    #expect(fileCount <= before.fileCount + after.fileCount + 2)
    #if os(Linux)
      let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.contains(path) == true
      }
      // The folder, or the connections of one pool: what one backend keeps open, and nothing of the hundreds that were opened.
      #expect(descriptors <= 20, "\(descriptors) descriptors are open")
    #endif
  }
}
