import ArgumentParser
import QueryLanguage
import SearchAPI

/// `lede delete`: deletes articles by id, or all that match a query.
struct DeleteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete articles: by id, or all that match a query.",
    discussion: """
      All or nothing, and for good. `lede search` with the same query shows what would go; -l prints its ids.

        lede delete 1987-03-03-lumber
        lede delete --query 'source:"The Mail" date:..1986'
      """)

  @Argument(help: ArgumentHelp("The articles' ids, as `lede search` prints them.", valueName: "id"))
  var ids: [String] = []

  @Option(help: ArgumentHelp("Delete all articles that match; the query is written as for `lede search`.", valueName: "text"))
  var query: String?

  @OptionGroup var location: IndexLocation

  func validate() throws {
    guard ids.isEmpty != (query == nil) else {
      throw ValidationError("Name the articles to delete either by their ids or by --query.")
    }
  }

  func run() async throws {
    let backend = try await OpenIndex.existing(at: location.pathOfExisting())
    let deletedCount = if let query { try await delete(matching: query, on: backend) } else { try await deleteIDs(on: backend) }
    let results = ResultOutput()
    try results.write("Deleted \(Figures.count(deletedCount, "article")).\n")
    try results.finish()
  }

  private func deleteIDs(on backend: any SearchBackend) async throws -> Int {
    let missing = try await backend.write { [ids] writer in
      var missing: [String] = []
      for id in ids where try await !writer.delete(id: id) { missing.append(id) }
      return missing
    }
    let messages = missing.map { "The index has no article with the id \($0)." }
    guard missing.count < ids.count else { throw Failure(.noMatch, messages.joined(separator: "\n")) }
    for message in messages { Messages.write(message) }
    return ids.count - missing.count
  }

  private func delete(matching text: String, on backend: any SearchBackend) async throws -> Int {
    let parsed = backend.parse(text, QueryOptions())
    // A search repairs what it does not understand and says so; what is gone cannot be searched again.
    guard parsed.notes.isEmpty else {
      throw Failure(
        .usage,
        (parsed.notes.map { "note: \($0)" } + ["Nothing was deleted, because the query was not understood as it is written."])
          .joined(separator: "\n"))
    }
    let deletedCount = try await backend.write { writer in try await writer.delete(matching: parsed.query) }
    guard deletedCount > 0 else { throw Failure(.noMatch, "No article matches \(parsed.query).") }
    return deletedCount
  }
}
