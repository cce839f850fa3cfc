import QueryLanguage
import SearchAPI

/// Reads one article from a text file: its first line is the title, the rest the body. The date comes from the file's name or
/// path.
///
/// A ``TextHeader`` at the start of the file goes before both. A first line longer than a headline ever is belongs to the body,
/// and the article has no title.
final class PlainTextReader: ArticleReader {
  /// The most bytes a first line may have and still be a title.
  static let maximumTitleBytes = 400

  private let context: ReaderContext
  private var framing = WholeFileFraming()
  private var isDone = false

  init(_ context: ReaderContext) { self.context = context }

  func next() -> ReadResult? {
    guard !isDone else { return nil }
    isDone = true
    let window = context.window
    switch window.nextRecord(&framing, limit: context.options.maximumArticleBytes) {
    case .failed(let reason): return context.skipped(reason)
    case .oversized(let byteCount):
      return context.skipped(
        RecordFields.TooLarge(byteCount: byteCount, limit: context.options.maximumArticleBytes).reason)
    case .end: return context.skipped("it is empty")
    case .record(let range), .remainder(let range):
      let bytes = window.bytes
      return result(of: bytes.span.extracting(range))
    }
  }

  private func result(of text: Span<UInt8>) -> ReadResult {
    let header = TextHeader(text, FieldNameTable(context.options.mapping), context.tally)
    var fields = header?.fields ?? RecordFields()
    let rest = text.trimmed((header?.end ?? 0)..<text.count)
    var body = rest
    if (fields.title ?? "").isEmpty {
      let (title, remainder) = PlainTextReader.split(text, rest)
      fields.title = context.tally.text(text.extracting(title))
      body = remainder
    }
    if !body.isEmpty { fields.body = context.tally.text(text.extracting(body)) }
    guard !(fields.title ?? "").isEmpty || !(fields.body ?? "").isEmpty else { return context.skipped("it is empty") }

    switch fields.article(origin: context.fileName, in: context) {
    case .failure(let failure): return context.skipped(failure.reason)
    case .success(var article):
      article.date = article.date ?? ArticleDate(inPath: context.fileName)
      return .article(article)
    }
  }

  /// Where title and body lie, without the white space around them. The marks of a Markdown heading are no part of the title.
  private static func split(_ text: Span<UInt8>, _ whole: Range<Int>) -> (title: Range<Int>, body: Range<Int>) {
    let lineFeed = text.firstIndex(of: 0x0A, from: whole.lowerBound) ?? .max
    let carriageReturn = text.firstIndex(of: 0x0D, from: whole.lowerBound) ?? .max
    let firstLine = text.trimmed(whole.lowerBound..<min(lineFeed, carriageReturn, whole.upperBound))
    guard firstLine.count <= PlainTextReader.maximumTitleBytes else { return (0..<0, whole) }
    var title = firstLine
    while !title.isEmpty, text[title.lowerBound] == UInt8(ascii: "#") { title = (title.lowerBound + 1)..<title.upperBound }
    return (text.trimmed(title), text.trimmed(firstLine.upperBound..<whole.upperBound))
  }
}

/// The record is all there is.
private struct WholeFileFraming: RecordFraming {
  mutating func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int? { nil }
}
