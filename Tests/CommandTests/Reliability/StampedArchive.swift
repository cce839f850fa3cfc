import QueryLanguage
import SearchAPI

/// An archive that says of itself which commit it is: every generation writes its number into all its articles.
///
/// Beside these, one article is logged with each generation and the oldest of forty goes, so that an index has many segments and
/// merges them.
enum StampedArchive {
  private static let loggedGenerations = 40

  private static func stampedCount(_ generation: Int) -> Int { generation == 0 ? 0 : 5 + generation * 7 % 17 }
  private static func stamp(_ generation: Int) -> String { "Generation \(generation) of the archive" }

  /// Makes generation `generation` of the one before it.
  static func write(_ generation: Int, to writer: any ArticleWriter) async throws {
    for number in 0..<stampedCount(generation) {
      _ = try await writer.add(
        Article(id: "a\(number)", title: stamp(generation), body: "\(stamp(generation)). All of them say so."))
    }
    for number in stampedCount(generation)..<max(stampedCount(generation), stampedCount(generation - 1)) {
      _ = try await writer.delete(id: "a\(number)")
    }
    _ = try await writer.add(Article(id: "log\(generation)", title: "Log", body: "The archive was written: entry\(generation)."))
    let oldest = generation - loggedGenerations
    if oldest > 0 {
      // By id and by query in turn.
      if oldest.isMultiple(of: 2) {
        _ = try await writer.delete(id: "log\(oldest)")
      } else {
        _ = try await writer.delete(matching: .term(Query.Term("entry\(oldest)")))
      }
    }
  }

  /// The query that finds every article.
  static let queryText = "archive"

  /// One hit of the query, from a search or from what the command prints.
  struct Hit {
    let id: String
    let title: String
    let passage: String
  }

  /// Which generation an answer is, the whole of it and nothing else; a ``JudgedIndex/Complaint`` where it is none.
  static func generation(of hits: [Hit]) throws -> Int {
    func complain(_ what: String) -> JudgedIndex.Complaint { JudgedIndex.Complaint(description: what) }
    let logged = Set(hits.compactMap { $0.id.hasPrefix("log") ? Int($0.id.dropFirst(3)) : nil })
    guard let generation = logged.max() else {
      guard hits.isEmpty else { throw complain("\(hits.count) hits without a log") }
      return 0
    }
    guard logged == Set(max(1, generation - loggedGenerations + 1)...generation) else {
      throw complain("generation \(generation) has the log \(logged.sorted())")
    }
    let stamped = hits.filter { $0.id.hasPrefix("a") }
    guard Set(stamped.map(\.id)) == Set((0..<stampedCount(generation)).map { "a\($0)" }),
      stamped.count + logged.count == hits.count
    else { throw complain("generation \(generation) has the articles \(hits.map(\.id).sorted())") }
    for hit in stamped where hit.title != stamp(generation) || !hit.passage.hasPrefix(stamp(generation)) {
      throw complain("generation \(generation) has “\(hit.title)” with “\(hit.passage)”")
    }
    return generation
  }
}
