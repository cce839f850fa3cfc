extension ArticleDate: CustomStringConvertible, LosslessStringConvertible {
  /// What dates look like, as messages list it.
  public static let forms = "1987, 1987-03, 1987-03-09"

  /// Reads an ISO 8601 date at the precision it is written in: `1987`, `1987-03`, `1987-03-09`, `1987-03-09T14:05`, `1987-03-09
  /// 14:05:30Z`.
  ///
  /// Years have four digits, 0001 to 9999. A fraction of a second and an offset are read and dropped: the date as written counts.
  /// Anything else, an impossible day such as `2021-02-30` among it, is nil.
  public init?(_ text: String) {
    guard let (date, rest) = ArticleDate.calendarDate(text.utf8[...]) else { return nil }
    if rest.isEmpty {
      self = date
      return
    }
    guard date.precision == .day, let second = ArticleDate.secondOfDay(rest) else { return nil }
    self.init(firstDay: date.firstDay, second: second, precision: .second)
  }

  /// The last day covered, in days since 1970-01-01: the last of the year, of the month, or the day itself.
  public var lastDay: Int32 {
    let (year, month, _) = CivilCalendar.date(ofDay: firstDay)
    return switch precision {
    case .year: CivilCalendar.dayNumber(year: year, month: 12, day: 31)
    case .month: firstDay + Int32(CivilCalendar.dayCount(year: year, month: month)) - 1
    case .day, .second: firstDay
    }
  }

  /// The date in ISO 8601 at its own precision; reading it back gives an equal date.
  public var description: String {
    let (year, month, day) = CivilCalendar.date(ofDay: firstDay)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let monthText = "\(padded(year, 4))-\(padded(month, 2))"
    let dayText = "\(monthText)-\(padded(day, 2))"
    return switch precision {
    case .year: padded(year, 4)
    case .month: monthText
    case .day: dayText
    case .second:
      "\(dayText)T\(padded(Int(second) / 3_600, 2)):\(padded(Int(second) / 60 % 60, 2)):\(padded(Int(second) % 60, 2))"
    }
  }

  /// The year, month or day at the start of the text, and what follows it.
  private static func calendarDate(_ text: Substring.UTF8View) -> (ArticleDate, Substring.UTF8View)? {
    guard let (year, afterYear) = number(text, digits: 4), year >= 1 else { return nil }
    func date(_ month: Int, _ day: Int, _ precision: Precision) -> ArticleDate {
      ArticleDate(firstDay: CivilCalendar.dayNumber(year: year, month: month, day: day), precision: precision)
    }
    guard afterYear.first == UInt8(ascii: "-") else { return (date(1, 1, .year), afterYear) }
    guard let (month, afterMonth) = number(afterYear.dropFirst(), digits: 2), (1...12).contains(month) else { return nil }
    guard afterMonth.first == UInt8(ascii: "-") else { return (date(month, 1, .month), afterMonth) }
    guard let (day, afterDay) = number(afterMonth.dropFirst(), digits: 2),
      (1...CivilCalendar.dayCount(year: year, month: month)).contains(day)
    else { return nil }
    return (date(month, day, .day), afterDay)
  }

  /// The second of the day in `T14:05`, `T14:05:30`, ` 14:05:30.25+01:00` and the like. A leap second counts as the second
  /// before it.
  private static func secondOfDay(_ text: Substring.UTF8View) -> Int32? {
    guard let separator = text.first, [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(separator),
      let (hour, afterHour) = number(text.dropFirst(), digits: 2), (0...23).contains(hour),
      afterHour.first == UInt8(ascii: ":"),
      let (minute, afterMinute) = number(afterHour.dropFirst(), digits: 2), (0...59).contains(minute)
    else { return nil }
    var second = 0
    var rest = afterMinute
    if rest.first == UInt8(ascii: ":") {
      guard let (seconds, afterSecond) = number(rest.dropFirst(), digits: 2), (0...60).contains(seconds) else { return nil }
      second = min(seconds, 59)
      rest = afterSecond
      if rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
        let fraction = rest.dropFirst()
        rest = fraction.drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard rest.startIndex > fraction.startIndex else { return nil }
      }
    }
    return isOffset(rest) ? Int32(hour * 3_600 + minute * 60 + second) : nil
  }

  /// Whether the text is nothing, `Z`, `+01`, `+0100` or `+01:00`, spaces before it allowed.
  private static func isOffset(_ text: Substring.UTF8View) -> Bool {
    let text = text.drop { $0 == UInt8(ascii: " ") }
    guard let sign = text.first else { return true }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return text.count == 1 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let (hours, afterHours) = number(text.dropFirst(), digits: 2),
      hours <= 23
    else { return false }
    if afterHours.isEmpty { return true }
    let minuteText = afterHours.first == UInt8(ascii: ":") ? afterHours.dropFirst() : afterHours
    guard let (minutes, rest) = number(minuteText, digits: 2) else { return false }
    return minutes <= 59 && rest.isEmpty
  }

  /// Exactly so many digits at the start of the text, as a number, and what follows them.
  private static func number(_ text: Substring.UTF8View, digits: Int) -> (Int, Substring.UTF8View)? {
    var value = 0
    var rest = text
    for _ in 0..<digits {
      guard let byte = rest.popFirst(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return (value, rest)
  }
}
