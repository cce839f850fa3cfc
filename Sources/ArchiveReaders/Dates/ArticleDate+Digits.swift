import QueryLanguage

extension ArticleDate {
  /// The years that a bare run of digits is believed to mean.
  static let plausibleYears = 1400...2199

  /// Reads a date that is one number: `YYYYMM`, `YYYYMMDD`, `YYYYMMDDhhmmss`, `YYYYMMDDThhmmssZ`, or the time since 1970 in seconds (9 or 10 digits, or negative),
  /// milliseconds (12, 13) or microseconds (15, 16), a fraction allowed.
  init?(digits text: String) {
    let bytes = Array(text.utf8)
    if let date = ArticleDate(compact: bytes) {
      self = date
      return
    }
    let whole = bytes.prefix { $0 != UInt8(ascii: ".") }
    let fraction = bytes.dropFirst(whole.count + 1)
    guard fraction.allSatisfy(isDigit), whole.count <= 20, let number = Int(String(decoding: whole, as: UTF8.self)),
      whole.first != UInt8(ascii: "+")
    else { return nil }
    switch whole.drop(while: { $0 == UInt8(ascii: "-") }).count {
    case 9, 10: self.init(secondsSince1970: number)
    case 12, 13: self.init(secondsSince1970: ArticleDate.floor(number, 1_000))
    case 15, 16: self.init(secondsSince1970: ArticleDate.floor(number, 1_000_000))
    case 1...8 where number < 0: self.init(secondsSince1970: number)
    default: return nil
    }
  }

  /// `YYYYMM`, `YYYYMMDD`, `YYYYMMDDhhmmss`, `YYYYMMDDThhmmss` with whatever names an offset behind it.
  private init?(compact bytes: [UInt8]) {
    let digits = bytes.prefix(while: isDigit)
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
    guard [6, 8, 14].contains(digits.count), ArticleDate.plausibleYears.contains(number(0..<4)) else { return nil }
    func time(_ digits: some Collection<UInt8>) -> String {
      let text = digits.map { String(UnicodeScalar($0)) }
      return "\(text[0])\(text[1]):\(text[2])\(text[3]):\(text[4])\(text[5])"
    }
    let rest = bytes[digits.count...]
    switch (digits.count, rest.first) {
    case (6, nil): self.init(year: number(0..<4), month: number(4..<6))
    case (8, nil): self.init(year: number(0..<4), month: number(4..<6), day: number(6..<8))
    case (14, nil): self.init(year: number(0..<4), month: number(4..<6), day: number(6..<8), time: time(digits[8..<14]))
    case (8, UInt8(ascii: "T")):
      let clock = rest.dropFirst()
      guard clock.prefix(while: isDigit).count == 6 else { return nil }
      let offset = String(decoding: clock.dropFirst(6), as: UTF8.self)
      self.init(year: number(0..<4), month: number(4..<6), day: number(6..<8), time: time(clock.prefix(6)) + offset)
    default: return nil
    }
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
