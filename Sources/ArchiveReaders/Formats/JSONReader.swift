/// Reads a JSON file: one array of objects, or objects one after the other, however they are laid out in lines.
///
/// The array is read element by element and never held as a whole. An element that is no object or malformed is skipped and the
/// next one read; missing or doubled commas between elements are not complained about.
final class JSONReader: ArticleReader {
  private let context: ReaderContext
  private let parser: JSONRecordParser
  private var framing = JSONValueFraming()
  private var record = 0
  private var isDone = false

  init(_ context: ReaderContext) {
    self.context = context
    parser = JSONRecordParser(mapping: context.options.mapping, tally: context.tally)
  }

  func next() -> ReadResult? {
    let window = context.window
    while !isDone {
      let wasClosed = framing.isArrayClosed
      let cut = window.nextRecord(&framing, limit: context.options.maximumRecordBytes)
      switch cut {
      case .end:
        isDone = true
        if framing.hasArray, !framing.isArrayClosed { return context.skipped(JSONReader.unclosed) }
      case .failed(let reason):
        isDone = true
        return context.skipped(record: record + 1, reason)
      case .oversized(let byteCount):
        guard framing.piece == .value else { continue }
        record += 1
        return context.skipped(record: record, context.oversized(byteCount))
      case .record(let range), .remainder(let range):
        if case .remainder = cut {
          isDone = true
          if framing.piece == .separators, framing.hasArray, !framing.isArrayClosed {
            return context.skipped(JSONReader.unclosed)
          }
        }
        guard framing.piece == .value else { continue }
        guard !wasClosed else {
          isDone = true
          return context.skipped("more follows the end of the array, and is not read")
        }
        record += 1
        let bytes = window.bytes
        return result(of: bytes.span.extracting(range))
      }
    }
    return nil
  }

  private static let unclosed = "the array is not closed; the file may be cut short"

  private func result(of text: Span<UInt8>) -> ReadResult {
    do {
      let fields = try parser.fields(of: text, origin: context.origin(record: record))
      switch fields.article(origin: context.origin(record: record), in: context) {
      case .success(let article): return .article(article)
      case .failure(let failure): return context.skipped(record: record, failure.reason)
      }
    } catch { return context.skipped(record: record, error.reason) }
  }
}
