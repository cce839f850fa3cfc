import Foundation
import SQLiteBackend
import SearchAPI
import Testing

/// SQLite keeps no checksums: what is promised is less than of a native index. A wrong answer may be given, but verify knows.
@Suite("Damage to an SQLite index")
struct SQLiteDamageTests {
  private static let articles = [
    Article(
      "one", "The tariff on lumber was raised. Talks go on.", title: "Tariff talks", date: "1987-03-03", [.source: "Reuters"]),
    Article(
      "two", "Lumber prices fell, and the tariff with them.", title: "Lumber prices", date: "1987",
      [.source: "AP", .section: "Trade"]),
    Article("three", "Undated talk of prices."),
  ]

  /// What an index gave back.
  private enum Answer: Hashable {
    case response(SearchResponse)
    case article(Article?)
  }

  /// What an index answers to a few requests that read every table of it; or the error, where one is thrown.
  private func answers(at path: String) async -> [Result<Answer, SearchError>] {
    let backend: SQLiteBackend
    do { backend = try await SQLiteBackend(openingAt: path) } catch { return [.failure(searchError(error))] }
    var answers: [Result<Answer, SearchError>] = []
    func ask(_ body: () async throws -> Answer) async {
      do { answers.append(.success(try await body())) } catch { answers.append(.failure(searchError(error))) }
    }
    for query in [
      Query.word("tariff"), .words("lumber talks"), .words("the tariff"), .word("prices", in: .title),
      .keyword(.init(.source, "reuters")), .date("1987"), .not(.word("lumber")),
    ] {
      await ask { .response(try await backend.search(SearchRequest(query, countsMatches: true, passageLength: 80))) }
    }
    await ask { .response(try await backend.search(SearchRequest(.everything, order: .newest))) }
    for article in Self.articles { await ask { .article(try await backend.article(id: article.id)) } }
    return answers
  }

  private func searchError(_ error: any Error) -> SearchError {
    // Anything but the contract's own error is a fault of its own.
    error as? SearchError ?? .invalidRequest("not a SearchError: \(error)")
  }

  /// What verify finds, or why it cannot look.
  private func findings(at path: String) async -> [String] {
    do { return try await SQLiteBackend(openingAt: path).verify().problems.map(\.reason) } catch { return ["\(error)"] }
  }

  /// What became of damaged files.
  private struct Tally {
    var tried = 0
    var named = 0
    var harmless = 0
  }

  /// Where verify finds nothing, every answer must be right; and every request must end.
  private func judge(
    _ bytes: Data, at path: String, sound: [Result<Answer, SearchError>], _ tally: inout Tally, _ place: @autoclosure () -> String
  ) async throws {
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: "\(path)/lede.sqlite\(suffix)") }
    try bytes.write(to: URL(filePath: path + "/lede.sqlite"))
    let isNamed = await !findings(at: path).isEmpty
    let answers = await answers(at: path)
    for case .failure(.invalidRequest(let reason)) in answers { Issue.record("\(place()): \(reason)") }
    if !isNamed { #expect(answers == sound, "\(place()): verify finds nothing") }
    tally.tried += 1
    if isNamed { tally.named += 1 } else { tally.harmless += 1 }
  }

  private func withSoundIndex(
    _ body: (_ path: String, _ file: Data, _ sound: [Result<Answer, SearchError>]) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/index"
      try await SQLiteBackend(creatingAt: path).addAll(Self.articles)
      let file = try Data(contentsOf: URL(filePath: path + "/lede.sqlite"))
      let sound = await answers(at: path)
      #expect(sound.allSatisfy { if case .success = $0 { true } else { false } })
      #expect(await findings(at: path).isEmpty)
      try await body(path, file, sound)
    }
  }

  /// Most of a small file are empty pages: of a stretch of zeros the long form tries the ends, and every 61st byte. The short form
  /// tries every 997th, and all that says where an article was read from, which no index and no other table repeats.
  private func isTried(_ offset: Int, of file: Data) -> Bool {
    guard Extent.isLong else {
      let origin = Data(Self.articles[0].origin.utf8)
      let around = file[max(0, offset + 1 - origin.count)..<min(file.count, offset + origin.count)]
      return offset.isMultiple(of: 997) || around.range(of: origin) != nil
    }
    let neighbours = file[max(0, offset - 16)..<min(file.count, offset + 17)]
    return offset.isMultiple(of: 61) || neighbours.contains { $0 != 0 }
  }

  @Test("After a flipped bit in any byte verify finds something, or every answer is right; nothing ends the process")
  func everyByte() async throws {
    try await withSoundIndex { path, file, sound in
      var tally = Tally()
      for offset in file.indices where isTried(offset, of: file) {
        var damaged = file
        damaged[offset] ^= 1 << UInt8(offset % 8)
        try await judge(damaged, at: path, sound: sound, &tally, "byte \(offset)")
      }
      print(
        "one bit flipped, SQLite: \(tally.tried) of \(file.count) bytes, \(tally.named) named, \(tally.harmless) change no answer, 0 silent"
      )
    }
  }

  @Test("A file cut to any length is named by verify; nothing ends the process")
  func truncation() async throws {
    try await withSoundIndex { path, file, sound in
      var tally = Tally()
      // Cuts inside a page, and between pages.
      let lengths = Array(stride(from: 0, to: file.count, by: Extent.isLong ? 61 : 1_999))
      for length in lengths + stride(from: 8_192, to: file.count, by: 8_192) {
        try await judge(file.prefix(length), at: path, sound: sound, &tally, "\(length) bytes")
      }
      print("truncation, SQLite: \(tally.tried) lengths, \(tally.named) named")
      #expect(tally.named == tally.tried)
    }
  }
}
