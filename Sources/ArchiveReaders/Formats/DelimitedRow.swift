/// Cuts a table of values between delimiters into rows, as RFC 4180 writes them: a quoted field may hold delimiters, line ends
/// and doubled quotes.
///
/// Rows end in LF, CRLF or CR. A quote inside a field that does not begin with one is an ordinary character.
struct DelimitedRowFraming: RecordFraming {
  private enum State {
    case fieldStart
    case plain
    case quoted
    case quoteInQuoted
    case afterCarriageReturn
  }

  let delimiter: UInt8
  private var state = State.fieldStart

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Whether the row under way stands inside quotes.
  var isInQuotes: Bool { state == .quoted }

  mutating func endOfRecord(in bytes: Span<UInt8>, from start: Int) -> Int? {
    // In a local, or every byte would store it.
    var state = self.state
    defer { self.state = state }
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      switch state {
      case .plain where byte != 0x0A && byte != 0x0D && byte != delimiter: break
      case .quoted:
        guard let quote = bytes.firstIndex(of: UInt8(ascii: "\""), from: index) else { return nil }
        index = quote
        state = .quoteInQuoted
      case .quoteInQuoted where byte == UInt8(ascii: "\""), .fieldStart where byte == UInt8(ascii: "\""):
        state = .quoted
      case .afterCarriageReturn:
        state = .fieldStart
        return byte == 0x0A ? index + 1 : index
      case .fieldStart, .plain, .quoteInQuoted:
        if byte == 0x0A {
          state = .fieldStart
          return index + 1
        }
        state = byte == 0x0D ? .afterCarriageReturn : byte == delimiter ? .fieldStart : .plain
      }
      index += 1
    }
    return nil
  }
}

/// The fields of one row.
struct DelimitedRow {
  /// One field: where its content lies, without the quotes around it, and whether doubled quotes are in it.
  struct Field {
    var range: Range<Int>
    var hasDoubledQuotes = false
  }

  /// The fields in their order; an empty line has one empty field.
  private(set) var fields: [Field] = []

  /// Whether the row is an empty line.
  var isBlank: Bool { fields.count == 1 && fields[0].range.isEmpty }

  /// Splits a row that the framing has cut. Returns false where other text follows a closing quote and the field spans lines:
  /// then nobody can tell where it ends.
  ///
  /// On one line such a field is taken as it stands, quotes included: tables without quoting hold fields that begin with a
  /// quotation.
  mutating func split(_ row: Span<UInt8>, delimiter: UInt8) -> Bool {
    fields.removeAll(keepingCapacity: true)
    let row = row.withoutLineEnd
    let end = row.count
    var index = 0
    while true {
      var field = Field(range: index..<index)
      var isQuoted = false
      if index < end, row[index] == UInt8(ascii: "\""), let quoted = DelimitedRow.quotedField(in: row, from: index) {
        isQuoted = quoted.end == end || row[quoted.end] == delimiter
        if isQuoted {
          field = quoted.field
          index = quoted.end
        } else if row.extracting(quoted.field.range).firstIndex(of: 0x0A) != nil {
          return false
        }
      }
      if !isQuoted {
        let fieldEnd = row.firstIndex(of: delimiter, from: index) ?? end
        field.range = index..<fieldEnd
        index = fieldEnd
      }
      fields.append(field)
      guard index < end else { return true }
      index += 1
    }
  }

  /// The field whose opening quote is at `start`, and the index behind its closing quote; nil when it is not closed.
  private static func quotedField(in row: Span<UInt8>, from start: Int) -> (field: Field, end: Int)? {
    var index = start + 1
    var hasDoubledQuotes = false
    while let quote = row.firstIndex(of: UInt8(ascii: "\""), from: index) {
      guard quote + 1 < row.count, row[quote + 1] == UInt8(ascii: "\"") else {
        return (Field(range: (start + 1)..<quote, hasDoubledQuotes: hasDoubledQuotes), quote + 1)
      }
      hasDoubledQuotes = true
      index = quote + 2
    }
    return nil
  }

  /// The bytes of a field with doubled quotes made single.
  static func withoutDoubledQuotes(_ field: Span<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(field.count)
    var index = 0
    while let quote = field.firstIndex(of: UInt8(ascii: "\""), from: index) {
      bytes.append(copying: field.extracting(index...quote))
      index = quote + 2
    }
    bytes.append(copying: field.extracting(min(index, field.count)..<field.count))
    return bytes
  }
}
