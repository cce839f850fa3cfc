import QueryLanguage

/// Reads the SGML of the Reuters-21578 collection, as it was distributed.
///
/// The files are not well-formed XML and follow their own DTD loosely, so records and elements are found by their tags alone.
/// An article is made so:
///
/// | part | from |
/// |---|---|
/// | id | `reuters21578-` and the attribute NEWID |
/// | title | TITLE, its lines joined |
/// | body | DATELINE and BODY; without a BODY nothing if there is a TITLE, else the whole of TEXT |
/// | date | the first date in DATE, whatever stands around it |
/// | source | `Reuters` |
/// | section | the TOPICS joined by `, `; absent without topics |
/// | author | AUTHOR without `By` and `, Reuters` |
final class ReutersReader: ArticleReader {
  private let context: ReaderContext
  private var framing = TerminatorFraming("</REUTERS>")
  private var text: SGMLText
  private var record = 0
  private var isDone = false

  init(_ context: ReaderContext) {
    self.context = context
    text = SGMLText(tally: context.tally)
  }

  func next() -> ReadResult? {
    guard !isDone else { return nil }
    let window = context.window
    let cut = window.nextRecord(&framing, limit: context.options.maximumRecordBytes)
    switch cut {
    case .end:
      isDone = true
      return nil
    case .failed(let reason):
      isDone = true
      return context.skipped(record: record + 1, reason)
    case .oversized(let byteCount):
      record += 1
      return context.skipped(record: record, context.oversized(byteCount))
    case .remainder(let range):
      isDone = true
      let bytes = window.bytes
      let rest = bytes.span.extracting(range)
      if rest.isBlank { return nil }
      return record == 0 && rest.firstIndex(of: "<REUTERS") == nil
        ? context.skipped("it holds no records of the Reuters-21578 collection, the one kind of SGML that is read")
        : context.skipped(record: record + 1, "the record is not closed by `</REUTERS>`")
    case .record(let range):
      record += 1
      let bytes = window.bytes
      return result(of: bytes.span.extracting(range))
    }
  }

  private func result(of bytes: Span<UInt8>) -> ReadResult {
    guard let start = bytes.firstIndex(of: "<REUTERS"), let tagEnd = bytes.firstIndex(of: UInt8(ascii: ">"), from: start) else {
      return context.skipped(record: record, "the record is not opened by `<REUTERS`")
    }
    let element = SGMLElement(bytes)
    let whole = tagEnd..<bytes.count
    guard let textRange = element.content(of: "TEXT", in: whole) else {
      return context.skipped(record: record, "the record has no TEXT")
    }
    var fields = RecordFields()
    if let number = element.attribute("NEWID", in: start..<tagEnd) { fields.id = "reuters21578-" + text.text(bytes, number) }
    fields.title = element.content(of: "TITLE", in: textRange).map { text.line(bytes, $0) }
    if let body = element.content(of: "BODY", in: textRange) {
      let dateline = element.content(of: "DATELINE", in: textRange) ?? textRange.lowerBound..<textRange.lowerBound
      fields.body = text.text(bytes, dateline, body)
    } else if fields.title == nil {
      fields.body = text.text(bytes, textRange)
    }
    fields.date = element.content(of: "DATE", in: whole).map { text.line(bytes, $0) }
    fields.readDate = fields.date.flatMap(ReutersReader.date)
    fields.source = "Reuters"
    fields.author = element.content(of: "AUTHOR", in: textRange).map { ReutersReader.byline(text.line(bytes, $0)) }
    fields.section = element.content(of: "TOPICS", in: whole).map { topics in
      element.contents(of: "D", in: topics).map { text.line(bytes, $0) }.joined(separator: ", ")
    }
    switch fields.article(origin: context.origin(record: record), in: context) {
    case .success(let article): return .article(article)
    case .failure(let failure): return context.skipped(record: record, failure.reason)
    }
  }

  /// The first `26-FEB-1987` of the text and the time behind it.
  ///
  ///     27-MAR-1987 00:02:59.13 RM → 27-MAR-1987 00:02:59.13     9-APR-1987 # guesswork → 9-APR-1987
  private static func date(in text: String) -> ArticleDate? {
    let bytes = Array(text.utf8)
    let words = bytes.split(separator: UInt8(ascii: " "))
    guard let day = words.firstIndex(where: { $0.split(separator: UInt8(ascii: "-")).count == 3 }) else { return nil }
    if day + 1 < words.count, let date = ArticleDate(inWords: bytes[words[day].startIndex..<words[day + 1].endIndex]) {
      return date
    }
    // One record was sent at `605:12:19.12`: its day is known all the same.
    return ArticleDate(inWords: words[day])
  }

  /// `By Rajan Moses, Reuters` → `Rajan Moses`
  private static func byline(_ text: String) -> String {
    var name = text[...]
    if name.lowercased().hasPrefix("by ") { name = name.dropFirst(3) }
    if name.lowercased().hasSuffix(", reuters") { name = name.dropLast(9) }
    return String(name)
  }
}
