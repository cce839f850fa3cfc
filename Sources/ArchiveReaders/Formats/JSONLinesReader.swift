/// Reads JSON Lines: one object a line. Empty lines count as lines, not as records.
final class JSONLinesReader: ArticleReader {
  private let context: ReaderContext
  private let parser: JSONRecordParser
  private var framing = LineFraming()
  private var line = 0
  private var record = 0

  init(_ context: ReaderContext) {
    self.context = context
    parser = JSONRecordParser(mapping: context.options.mapping, tally: context.tally)
  }

  func next() -> ReadResult? {
    let window = context.window
    while true {
      switch window.nextRecord(&framing, limit: context.options.maximumRecordBytes) {
      case .end: return nil
      case .failed(let reason): return context.skipped(line: line + 1, reason)
      case .oversized(let byteCount):
        line += 1
        record += 1
        return context.skipped(line: line, context.oversized(byteCount))
      case .record(let range), .remainder(let range):
        line += 1
        let bytes = window.bytes
        let text = bytes.span.extracting(range).withoutLineEnd
        if text.isBlank { continue }
        record += 1
        return result(of: text)
      }
    }
  }

  private func result(of text: Span<UInt8>) -> ReadResult {
    do {
      let fields = try parser.fields(of: text, origin: context.origin(record: record))
      switch fields.article(origin: context.origin(record: record), in: context) {
      case .success(let article): return .article(article)
      case .failure(let failure): return context.skipped(line: line, failure.reason)
      }
    } catch { return context.skipped(line: line, error.reason) }
  }
}
