import ArgumentParser
import SearchAPI

/// `lede show`: one article.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one article.")

  @Argument(help: "The article's id, as `lede search` prints it.")
  var id: String

  @Flag(help: "Print the article as one JSON object.")
  var json = false

  @OptionGroup var location: IndexLocation

  func run() async throws {
    let backend = try await OpenIndex.existing(at: location.pathOfExisting())
    guard let article = try await backend.article(id: id) else {
      throw Failure(.noMatch, "The index has no article with the id \(id).")
    }
    let results = ResultOutput()
    try results.write(json ? JSONOutput.line(ArticleRecord(article)) : ArticlePrinter(terminal: .results).text(of: article))
    try results.finish()
    if try await !backend.statistics().storesText {
      Messages.write("The index was made with --no-store: it does not hold the text of the article.")
    }
  }
}
