/// Reads a table under a header: comma-separated (RFC 4180) or tab-separated values, one article a row.
///
/// A row whose number of fields is not the header's is skipped. Empty lines are passed over.
final class DelimitedReader: ArticleReader {
  private let context: ReaderContext
  private let delimiter: UInt8
  private var framing: DelimitedRowFraming
  private var row = DelimitedRow()
  private let columnCount: Int
  /// Which column gives which part, the better name of a part first.
  private let columns: [(target: FieldMapping.Target, index: Int)]
  private var record = 0
  /// The line on which the row under way begins.
  private var line: Int

  /// Reads the header. Throws when a column that the mapping names is missing, or any column for a text.
  init(_ context: ReaderContext, delimiter: UInt8) throws(ReadingError) {
    self.context = context
    self.delimiter = delimiter
    framing = DelimitedRowFraming(delimiter: delimiter)
    let header = try DelimitedReader.readHeader(context, &framing, delimiter: delimiter)
    line = header.nextLine
    columnCount = header.names.count
    columns = try DelimitedReader.columns(header.names, context)
  }

  func next() -> ReadResult? {
    let window = context.window
    while true {
      let firstLine = line
      switch window.nextRecord(&framing, limit: context.options.maximumRecordBytes) {
      case .end: return nil
      case .failed(let reason): return context.skipped(line: firstLine, reason)
      case .oversized(let byteCount):
        record += 1
        if window.isExhausted, framing.isInQuotes { return context.skipped(line: firstLine, DelimitedReader.unclosed(byteCount)) }
        // Its lines went by uncounted; messages behind it name the record instead.
        return context.skipped(record: record, context.oversized(byteCount))
      case .remainder(let range) where framing.isInQuotes:
        record += 1
        return context.skipped(line: firstLine, DelimitedReader.unclosed(range.count))
      case .record(let range), .remainder(let range):
        let bytes = window.bytes
        let text = bytes.span.extracting(range)
        line += DelimitedReader.lineCount(text)
        let isSplit = row.split(text, delimiter: delimiter)
        if isSplit, row.isBlank { continue }
        record += 1
        guard isSplit else { return context.skipped(line: firstLine, "other text follows a closing quote") }
        guard row.fields.count == columnCount else {
          return context.skipped(line: firstLine, "the row has \(row.fields.count) fields, the header \(columnCount)")
        }
        switch fields(of: text).article(origin: context.origin(record: record), in: context) {
        case .success(let article): return .article(article)
        case .failure(let failure): return context.skipped(line: firstLine, failure.reason)
        }
      }
    }
  }

  private func fields(of text: Span<UInt8>) -> RecordFields {
    var fields = RecordFields()
    for (target, index) in columns where (fields[target] ?? "").isEmpty {
      fields[target] = DelimitedReader.content(of: row.fields[index], in: text, context.tally)
    }
    return fields
  }

  private static func content(of field: DelimitedRow.Field, in row: Span<UInt8>, _ tally: ReadingTally) -> String {
    let bytes = row.extracting(field.range)
    guard field.hasDoubledQuotes else { return tally.text(bytes) }
    let single = DelimitedRow.withoutDoubledQuotes(bytes)
    return tally.text(single.span)
  }

  private static func unclosed(_ byteCount: Int) -> String {
    "a quote that opens in this row is never closed; the \(byteText(byteCount)) from here to the end of the file are not read"
  }

  /// The lines that a row takes.
  private static func lineCount(_ row: Span<UInt8>) -> Int {
    let feeds = row.occurrences(of: 0x0A)
    return feeds > 0 ? feeds : row.occurrences(of: 0x0D)
  }

  private static func readHeader(
    _ context: ReaderContext, _ framing: inout DelimitedRowFraming, delimiter: UInt8
  ) throws(ReadingError) -> (names: [String], nextLine: Int) {
    var line = 1
    while true {
      switch context.window.nextRecord(&framing, limit: context.options.maximumRecordBytes) {
      case .end: throw .unreadable(path: context.fileName, reason: "it is empty and has no header")
      case .failed(let reason): throw .unreadable(path: context.fileName, reason: reason)
      case .oversized: throw .unreadable(path: context.fileName, reason: "its first row is too long for a header")
      case .record(let range), .remainder(let range):
        let bytes = context.window.bytes
        let text = bytes.span.extracting(range)
        line += lineCount(text)
        var row = DelimitedRow()
        guard row.split(text, delimiter: delimiter) else {
          throw .unreadable(path: context.fileName, reason: "its header has other text behind a closing quote")
        }
        if row.isBlank { continue }
        let names = row.fields.map { field in
          let name = content(of: field, in: text, context.tally)
          let trimmed = name.utf8.span.trimmed(0..<name.utf8.count)
          return String(name.utf8.dropFirst(trimmed.lowerBound).prefix(trimmed.count)) ?? name
        }
        return (names, line)
      }
    }
  }

  private static func columns(
    _ names: [String], _ context: ReaderContext
  ) throws(ReadingError) -> [(target: FieldMapping.Target, index: Int)] {
    let table = FieldNameTable(context.options.mapping)
    var columnOfName: [Int: Int] = [:]
    for (column, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      if let index = table.index(of: bytes.span), columnOfName[index] == nil { columnOfName[index] = column }
    }
    var columns: [(target: FieldMapping.Target, index: Int)] = []
    for index in 0..<table.count {
      if let column = columnOfName[index] {
        columns.append((table[index].target, column))
        if table[index].isGiven { context.tally.seenMappedNames.insert(table[index].text) }
      } else if table[index].isGiven {
        throw .missingColumn(file: context.fileName, column: table[index].text, present: names)
      }
    }
    guard columns.contains(where: { $0.target == .title || $0.target == .body }) else {
      throw .noTextColumn(file: context.fileName, present: names)
    }
    return columns
  }
}
