import Foundation
import NativeBackend
import SearchAPI

/// An index of the current format that is kept with the tests, with what it answers.
///
/// Everything about it follows from this file: building it twice gives the same bytes, on a machine with the same Zstandard.
enum GoldenIndex: String, CaseIterable, Sendable {
  /// A handful of articles with text, in two segments, one of them with deletions.
  case small
  /// 62,000 different words without text, in four segments, two of them with deletions.
  case large

  /// Where it is kept, beside its answers.
  var folder: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Golden/\(rawValue)")
  }

  var index: URL { folder.appendingPathComponent("index") }
  var answersFile: URL { folder.appendingPathComponent("answers.json") }

  /// A query with its answer.
  struct Answer: Codable, Hashable {
    var query: String
    var order: String
    var matchCount: Int
    var hits: [Hit]

    struct Hit: Codable, Hashable {
      var id: String
      var score: Double
      var title: String
      var date: String?
      var passage: String?
    }
  }

  /// Builds the index in a folder that does not exist.
  func build(at path: String) async throws {
    let backend = try NativeBackend(
      creatingAt: path, NativeOptions(storesText: self == .small), indexID: self == .small ? 0x5EED : 0x1A26E)
    switch self {
    case .small:
      try await backend.addAll(Self.smallArticles)
      try await backend.write { writer in
        _ = try await writer.delete(id: "rain")
        _ = try await writer.add(
          Article(
            "ash", "The ash stands by the mill, and the mill by the river.", title: "An ash, again", date: "1987-05-04",
            [.source: "The Mail"]))
        _ = try await writer.add(Article("late", "To be or not to be at the mill.", date: "1990"))
      }
    case .large:
      for part in 0..<4 { try await backend.addAll((part * 500..<(part + 1) * 500).map(Self.largeArticle)) }
      try await backend.write { writer in
        for number in stride(from: 300, to: 900, by: 7) { _ = try await writer.delete(id: "article \(number)") }
      }
    }
  }

  /// Asks an index all questions.
  func answers(of backend: any SearchBackend) async throws -> [Answer] {
    var answers: [Answer] = []
    for query in queries {
      for order in ResultOrder.allCases {
        let response = try await backend.search(
          SearchRequest(
            backend.parse(query, QueryOptions()).query, limit: 12, order: order, countsMatches: true,
            passageLength: self == .small ? 60 : nil))
        answers.append(
          Answer(
            query: query, order: order.rawValue, matchCount: response.matchCount ?? -1,
            hits: response.hits.map { hit in
              Answer.Hit(
                id: hit.id, score: hit.score, title: hit.title.text, date: hit.date?.description, passage: hit.passage?.text)
            }))
      }
    }
    return answers
  }

  private var queries: [String] {
    switch self {
    case .small:
      [
        "*", "mill", "\"to be\"", "\"by the mill\"", "ash OR river", "mill -river", "source:\"the mail\"", "date:1987",
        "title:ash",
        "the mill date:1986..1988", "zeppelin",
      ]
    case .large:
      [
        "*", "common1", "common1 common2", "common3 OR common7", "\"common1 common2\"", "rare10000", "rare61999 OR rare0",
        "rare30500",
        "common2 -common1", "source:\"paper 3\"", "common4 date:1955", "title:number common5", "common40 OR common50 OR common60",
      ]
    }
  }

  private static let smallArticles = [
    Article("ash", "An ash stands by the mill.", title: "An ash", date: "1987-05-03", [.source: "The Mail"]),
    Article("river", "The river runs past the mill. To be by the river is to be at peace.", title: "The River", date: "1986-11"),
    Article("rain", "It rained on the mill.", title: "Rain", date: "1987", [.source: "Reuters", .section: "Weather"]),
    Article("note", "A note without a headline or a date: to be or not to be."),
    Article(
      "straße", "Größe und Straße, CAFÉ and café.\n\nA second paragraph by the mill.", title: "Ünïcode",
      date: "1988-01-01T10:20:30",
      [.author: "Ärzte"], url: "https://example.org/1"),
  ]

  /// 31 words that no other article has, and twenty that many have.
  private static func largeArticle(_ number: Int) -> Article {
    var random = SeededGenerator(seed: UInt64(number))
    let rare = (0..<31).map { "rare\(number * 31 + $0)" }
    let common = (0..<20).map { _ in "common\(random.skewed(below: 200))" }
    return Article(
      "article \(number)", (rare + common).joined(separator: " ") + " common1 common2", title: "Number \(number % 50)",
      date: number % 9 == 0 ? nil : "19\(50 + number % 40)-0\(1 + number % 9)", [.source: "Paper \(number % 5)"])
  }
}
