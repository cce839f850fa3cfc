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

  private func makeIndex(at path: String) async throws {
    let backend = try NativeBackend(creatingAt: path)
    try await backend.addAll(Self.articles + [Self.deleted])
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
      .date(DateRange("1987")!),
    ]
    var answers: [Result<Answer, SearchError>] = []
    for query in queries {
      answers.append(
        await result {
          let backend = try NativeBackend(openingAt: path)
          let request = SearchRequest(query, countsMatches: true, passageLength: 80)
          return .response(try await backend.search(request))
        })
    }
    for article in Self.articles + [Self.deleted] {
      answers.append(
        await result { .article(try await NativeBackend(openingAt: path).article(id: article.id)) })
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

  @Test("A flipped bit in any byte is named by verify, and a search gives the right answer or a clear error")
  func everyByte() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/index"
      try await makeIndex(at: path)
      let sound = await answers(at: path)
      #expect(sound.allSatisfy { if case .success = $0 { true } else { false } })
      #expect(await problems(at: path).isEmpty)
      var flips = 0
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() where name != "LOCK" {
        let file = path + "/" + name
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: file)))
        for offset in bytes.indices {
          var damaged = bytes
          damaged[offset] ^= 1 << UInt8(offset % 8)
          try Data(damaged).write(to: URL(filePath: file))
          let named = await problems(at: path)
          #expect(named.contains { $0.file == name }, "byte \(offset) of \(name) is damaged, verify says \(named)")
          for (answer, right) in zip(await answers(at: path), sound) {
            switch answer {
            case .success: #expect(answer == right, "byte \(offset) of \(name)")
            case .failure(.corrupt), .failure(.newerVersion): break
            case .failure(let error): Issue.record("byte \(offset) of \(name): \(error)")
            }
          }
          flips += 1
        }
        try Data(bytes).write(to: URL(filePath: file))
      }
      print("flipped one bit in each of \(flips) bytes")
      #expect(flips > 1_000)
    }
  }

  @Test("A file cut short, missing, empty, or exchanged for another is named by verify and never ends the process")
  func wholeFiles() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/index"
      try await makeIndex(at: path)
      let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted().filter { $0 != "LOCK" && $0 != "MANIFEST" }
      for (index, name) in names.enumerated() {
        let file = path + "/" + name
        let bytes = try Data(contentsOf: URL(filePath: file))
        let other = try Data(contentsOf: URL(filePath: path + "/" + names[(index + 1) % names.count]))
        for replacement in [Data(), bytes.dropLast(), bytes.prefix(60), bytes + [0], other] {
          try replacement.write(to: URL(filePath: file))
          #expect(await problems(at: path).contains { $0.file == name }, "\(name)")
          _ = await answers(at: path)
        }
        try FileManager.default.removeItem(atPath: file)
        #expect(await problems(at: path).contains { $0.file == name }, "\(name)")
        _ = await answers(at: path)
        try bytes.write(to: URL(filePath: file))
      }
      #expect(await problems(at: path).isEmpty)
    }
  }
}
