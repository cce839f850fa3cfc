import QueryLanguage

extension ArticleDate {
  /// The years that a bare run of digits is believed to mean.
  static let plausibleYears = 1400...2199

  /// Reads a date that is one number: `YYYYMM`, `YYYYMMDD`, `YYYYMMDDhhmmss`, `YYYYMMDDThhmmssZ`, or the time since 1970 in
  /// seconds (9 or 10 digits, or any number below 0), milliseconds (12, 13) or microseconds (15, 16), a fraction allowed.
  init?(digits text: ArraySlice<UInt8>) {
    if let date = ArticleDate(compact: text) {
      self = date
      return
    }
    let isNegative = text.first == UInt8(ascii: "-")
    let unsigned = isNegative ? text.dropFirst() : text
    let whole = unsigned.prefix(while: isDigit)
    let fraction = unsigned.dropFirst(whole.count)
    guard let number = decimal(whole), fraction.isEmpty || fraction.first == UInt8(ascii: "."),
      fraction.dropFirst().allSatisfy(isDigit)
    else { return nil }
    let signed = isNegative ? -number : number
    switch whole.count {
    case 12, 13: self.init(secondsSince1970: ArticleDate.floor(signed, 1_000))
    case 15, 16: self.init(secondsSince1970: ArticleDate.floor(signed, 1_000_000))
    case 9, 10: self.init(secondsSince1970: signed)
    case _ where isNegative: self.init(secondsSince1970: signed)
    default: return nil
    }
  }

  /// `YYYYMM`, `YYYYMMDD`, `YYYYMMDDhhmmss`, `YYYYMMDDThhmmss` with whatever names an offset behind it.
  private init?(compact text: ArraySlice<UInt8>) {
    let digits = text.prefix(while: isDigit)
    let rest = text.dropFirst(digits.count)
    guard digits.count == 6 || digits.count == 8 || digits.count == 14, let year = decimal(digits.prefix(4)),
      ArticleDate.plausibleYears.contains(year), let month = decimal(digits.dropFirst(4).prefix(2))
    else { return nil }
    let day = decimal(digits.dropFirst(6).prefix(2))
    switch (digits.count, rest.first) {
    case (6, nil), (8, nil): self.init(year: year, month: month, day: day)
    case (14, nil): self.init(year: year, month: month, day: day, time: ArticleDate.clock(digits.dropFirst(8)))
    case (8, UInt8(ascii: "T")):
      let clock = rest.dropFirst().prefix(while: isDigit)
      guard clock.count == 6 else { return nil }
      let offset = String(decoding: rest.dropFirst(7), as: UTF8.self)
      self.init(year: year, month: month, day: day, time: ArticleDate.clock(clock) + offset)
    default: return nil
    }
  }

  /// `140500` → `14:05:00`
  private static func clock(_ digits: ArraySlice<UInt8>) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    return "\(text.prefix(2)):\(text.dropFirst(2).prefix(2)):\(text.dropFirst(4))"
  }

  /// The second in UTC; nil outside of the years 1 to 9999.
  private init?(secondsSince1970 seconds: Int) {
    // 0001-01-01 and the end of 9999-12-31.
    guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
    let day = ArticleDate.floor(seconds, 86_400)
    self.init(firstDay: Int32(day), second: Int32(seconds - day * 86_400), precision: .second)
  }

  private static func floor(_ number: Int, _ divisor: Int) -> Int {
    number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
  }
}
