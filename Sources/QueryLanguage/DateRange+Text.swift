extension DateRange: CustomStringConvertible, LosslessStringConvertible {
  /// The days from the first of one date to the last of another; an end that is nil is open.
  ///
  ///     DateRange(since: ArticleDate("1987"), until: ArticleDate("1988-02")) → 1987-01-01 ... 1988-02-29
  public init(since: ArticleDate?, until: ArticleDate?) {
    self.init(firstDay: since?.firstDay ?? .min, lastDay: until?.lastDay ?? .max)
  }

  /// What ranges look like, as messages list it.
  public static let forms = "\(ArticleDate.forms), 1987-03..1987-06, ..1950, 1950.."

  /// Reads `1987`, `1987-03`, `1987-03-09`, or two of them around `..`, either of which may be left out; `..` alone is all days.
  ///
  /// Both ends are inclusive: `1987-03..1988` is March 1987 to the end of 1988. A time of day is read and counts as its whole
  /// day. A range that ends before it begins is read as it stands and matches nothing. Anything else is nil.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard let border = zip(bytes.indices, zip(bytes, bytes.dropFirst())).first(where: { $1 == (0x2E, 0x2E) })?.0 else {
      guard let date = ArticleDate(text) else { return nil }
      self.init(since: date, until: date)
      return
    }
    let since = String(text[..<border])
    let until = String(text[bytes.index(border, offsetBy: 2)...])
    let first = ArticleDate(since)
    let last = ArticleDate(until)
    guard first != nil || since.isEmpty, last != nil || until.isEmpty else { return nil }
    self.init(since: first, until: last)
  }

  /// The range as short as the query language has it: `1987`, `1987-03..1987-06`, `..1950-12-31`.
  ///
  /// Reading it back gives an equal range where both ends are open or lie in the years 1 to 9999, and otherwise a range that
  /// such years do not tell from it.
  public var description: String {
    let calendar = CivilCalendar.dayNumber(year: 1, month: 1, day: 1)...CivilCalendar.dayNumber(year: 9999, month: 12, day: 31)
    guard firstDay <= calendar.upperBound, lastDay >= calendar.lowerBound else { return "9999-12-31..0001-01-01" }
    let first = firstDay < calendar.lowerBound ? nil : firstDay
    let last = lastDay > calendar.upperBound ? nil : lastDay
    for precision in [ArticleDate.Precision.year, .month, .day] {
      let since = first.map { DateRange.date(from: $0, precision) }
      let until = last.map { DateRange.date(from: $0, precision) }
      guard since?.firstDay == first, until?.lastDay == last else { continue }
      if let since, since == until { return since.description }
      return "\(since?.description ?? "")..\(until?.description ?? "")"
    }
    preconditionFailure("Every day is a date of day precision.")
  }

  /// The year, month or day that a day lies in.
  private static func date(from day: Int32, _ precision: ArticleDate.Precision) -> ArticleDate {
    let (year, month, dayOfMonth) = CivilCalendar.date(ofDay: day)
    let first = CivilCalendar.dayNumber(
      year: year, month: precision >= .month ? month : 1, day: precision >= .day ? dayOfMonth : 1)
    return ArticleDate(firstDay: first, precision: precision)
  }
}
