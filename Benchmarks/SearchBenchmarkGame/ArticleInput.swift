import ArchiveReaders
import ArgumentParser
import SearchAPI

/// The articles of the game: JSON lines with `id` and `text`.
enum ArticleInput {
  /// Adds all articles of a file, or of standard input for `-`, and returns how many bytes they took; throws for one that cannot
  /// be added.
  @discardableResult
  static func add(_ path: String, to writer: any ArticleWriter) async throws -> Int {
    let stream = try ArchiveStream(inputs: [ArchiveInput(path)], options: ReadingOptions(format: .jsonl))
    for result in stream {
      switch result {
      case .article(let article):
        let outcome = try await writer.add(article)
        guard outcome == .added else { throw ValidationError("\(article.origin): \(outcome)") }
      case .skipped(let record): throw ValidationError("\(record.origin): \(record.reason)")
      }
    }
    return stream.bytesRead
  }
}
