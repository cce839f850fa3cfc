import Foundation
import NativeBackend
import QueryLanguage
import SearchAPI
import Testing

@Suite("Damage to a native index")
struct NativeDamageTests {
  private static let articles = [
    Article(
      id: "one", title: "Tariff talks", body: "The tariff on lumber was raised. Talks go on.", date: ArticleDate("1987-03-03"),
      keywords: [.source: "Reuters"]),
    Article(
      id: "two", title: "Lumber prices", body: "Lumber prices fell, and the tariff with them.", date: ArticleDate("1987"),
      keywords: [.source: "AP", .section: "Trade"]),
    Article(id: "three", body: "Undated talk of prices."),
  ]

  /// An article that is deleted in a commit of its own, so that the index has a file of deletions.
  private static let deleted = Article(id: "gone", body: "Talks of the tariff, long forgotten.", date: ArticleDate("1987-05-05"))

  /// In the long form many articles more, in a segment of their own.
  private static let more = ArchiveGenerator(seed: 4, articleCount: Extent.isLong ? 30 : 0).articles

  private func makeIndex(at path: String) async throws {
    let backend = try NativeBackend(creatingAt: path)
    try await backend.addAll(Self.articles + [Self.deleted])
    if !Self.more.isEmpty { try await backend.addAll(Self.more) }
    try await backend.write { writer in _ = try await writer.delete(id: Self.deleted.id) }
  }

  /// What an index gave back.
  private enum Answer: Hashable {
    case response(SearchResponse)
    case article(Article?)
  }

  /// What a sound index answers to a few requests that read every part of it; or the error, where one is thrown.
  private func answers(at path: String) async -> [Result<Answer, SearchError>] {
    let queries: [Query] = [
      .term(Query.Term("tariff")), .or([.term(Query.Term("lumber")), .term(Query.Term("talks"))]),
      .phrase(Query.Phrase(["the", "tariff"])), .term(Query.Term("prices", in: .title)),
      .keyword(Query.Keyword(.source, "reuters")),
      .date(DateRange("1987")!), .words("w1 w2"), .and([.word("w1"), .keyword(Query.Keyword(.section, "beta gamma"))]),
    ]
    // Opened once for all: what one request has found out about a page is what the next one meets.
    let backend: NativeBackend
    do { backend = try NativeBackend(openingAt: path) } catch { return [await result { throw error }] }
    var answers: [Result<Answer, SearchError>] = []
    for query in queries {
      let request = SearchRequest(query, countsMatches: true, passageLength: 80)
      answers.append(await result { .response(try await backend.search(request)) })
    }
    for article in Self.articles + [Self.deleted] + Self.more.prefix(2) {
      answers.append(await result { .article(try await backend.article(id: article.id)) })
    }
    return answers
  }

  private func result(_ body: () async throws -> Answer) async -> Result<Answer, SearchError> {
    do { return .success(try await body()) } catch {
      // Anything but the contract's own error is a fault of its own.
      return .failure(error as? SearchError ?? .invalidRequest("not a SearchError: \(error)"))
    }
  }

  private func problems(at path: String) async -> [VerificationReport.Problem] {
    do { return try await NativeBackend(openingAt: path).verify().problems } catch {
      switch error as? SearchError {
      case .corrupt(let file, _, let reason): return [VerificationReport.Problem(file: file, reason: reason)]
      case .newerVersion(let file, _, _): return [VerificationReport.Problem(file: file, reason: "newer version")]
      default: return []
      }
    }
  }

  /// Holds a damaged index to its promises: verify names what is damaged, and every request gets the right answer or a clear error.
  private func judge(
    _ path: String, damaged names: Set<String>, sound: [Result<Answer, SearchError>], _ place: @autoclosure () -> String
  ) async {
    let named = Set(await problems(at: path).map(\.file))
    #expect(named.isSuperset(of: names), "\(place()): verify names \(named.sorted())")
    for (answer, right) in zip(await answers(at: path), sound) {
      switch answer {
      case .success: #expect(answer == right, "\(place())")
      case .failure(.corrupt), .failure(.newerVersion): break
      case .failure(let error): Issue.record("\(place()): \(error)")
      }
    }
  }

  /// Makes an index, and hands a test its path, the bytes of each of its files, and what it answers.
  private func withSoundIndex(
    _ body: (_ path: String, _ files: [String: Data], _ sound: [Result<Answer, SearchError>]) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/index"
      try await makeIndex(at: path)
      let sound = await answers(at: path)
      #expect(sound.allSatisfy { if case .success = $0 { true } else { false } })
      #expect(await problems(at: path).isEmpty)
      var files: [String: Data] = [:]
      // The lock file is empty: nothing of it can be damaged.
      for name in try FileManager.default.contentsOfDirectory(atPath: path) where name != "LOCK" {
        files[name] = try Data(contentsOf: URL(filePath: path + "/" + name))
      }
      try await body(path, files, sound)
      #expect(await problems(at: path).isEmpty)
      #expect(await answers(at: path) == sound)
    }
  }

  @Test("A flipped bit in any byte is named by verify, and a search gives the right answer or a clear error")
  func everyByte() async throws {
    try await withSoundIndex { path, files, sound in
      var flips = 0
      for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
        for offset in bytes.indices {
          var damaged = bytes
          damaged[offset] ^= 1 << UInt8(offset % 8)
          try damaged.write(to: URL(filePath: path + "/" + name))
          await judge(path, damaged: [name], sound: sound, "byte \(offset) of \(name)")
          flips += 1
        }
        try bytes.write(to: URL(filePath: path + "/" + name))
      }
      print("one bit flipped, native: each of \(flips) bytes of \(files.count) files, 0 silent")
      #expect(flips > (Extent.isLong ? 8_000 : 1_000))
    }
  }

  @Test("A file cut to any length, longer, or empty is named by verify, and a search gives the right answer or a clear error")
  func truncation() async throws {
    try await withSoundIndex { path, files, sound in
      var cuts = 0
      for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
        let lengths = Extent.isLong ? Array(bytes.indices) : [0, 60, bytes.count / 2, bytes.count - 1]
        for damaged in lengths.lazy.map({ bytes.prefix($0) }) + [bytes + [0], bytes + bytes] {
          try damaged.write(to: URL(filePath: path + "/" + name))
          await judge(path, damaged: [name], sound: sound, "\(name) of \(damaged.count) bytes")
          cuts += 1
        }
        try bytes.write(to: URL(filePath: path + "/" + name))
      }
      print("truncation, native: \(cuts) lengths of \(files.count) files, 0 silent")
    }
  }

  @Test("Files that are missing or exchanged are named by verify, and a search gives the right answer or a clear error")
  func wholeFiles() async throws {
    try await withSoundIndex { path, files, sound in
      let names = files.keys.sorted()
      var exchanges = 0
      for (index, name) in names.enumerated() {
        try FileManager.default.removeItem(atPath: path + "/" + name)
        if name == "MANIFEST" {
          #expect(await answers(at: path).allSatisfy { $0 == .failure(.noIndex(path: path)) })
        } else {
          await judge(path, damaged: [name], sound: sound, "\(name) is missing")
        }
        try files[name]!.write(to: URL(filePath: path + "/" + name))
        for other in Extent.isLong ? names[(index + 1)...] : names[(index + 1)...].prefix(1) {
          try files[other]!.write(to: URL(filePath: path + "/" + name))
          try files[name]!.write(to: URL(filePath: path + "/" + other))
          // Without a manifest nothing else is known of.
          let damaged: Set<String> = [name, other].contains("MANIFEST") ? ["MANIFEST"] : [name, other]
          await judge(path, damaged: damaged, sound: sound, "\(name) and \(other) are exchanged")
          exchanges += 1
          for name in [name, other] { try files[name]!.write(to: URL(filePath: path + "/" + name)) }
        }
      }
      print("missing and exchanged, native: \(names.count) files missing, \(exchanges) pairs exchanged, 0 silent")
    }
  }
}
