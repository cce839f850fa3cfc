import QueryLanguage

extension ArticleDate {
  /// Reads a date as people and programs write it; nil where it cannot be read or could mean two days.
  ///
  ///     1987-03-09T14:05Z · 1987-03-09 14:05:30 UTC · 1987/03/09 · 19870309 · 19870309T140500Z · 553442400 (seconds;
  ///     milliseconds with 12 or 13 digits)
  ///     Tue, 09 Mar 2021 14:05:00 GMT · 9 March 2021 · March 9, 2021 · 26-FEB-1987 15:01:01.79 · Wed Oct 10 20:19:24 +0000 2018
  ///     9.3.2021 (day first) · 03/29/2021 and 29/03/2021, but not 03/09/2021
  ///
  /// As everywhere, the date as written counts and an offset is read over.
  init?(written text: String) {
    let bytes = Array(text.utf8)
    var core = bytes[bytes.span.trimmed(bytes.indices)]
    // The longest form above has 40 bytes; what is far longer is no date, whatever it is.
    guard let last = core.last, core.count <= 80 else { return nil }
    if isDigit(core[core.startIndex]), last == UInt8(ascii: "C") || last == UInt8(ascii: "T") {
      for zone in [" UTC", " GMT"] where core.count > zone.utf8.count && core.suffix(4).elementsEqual(zone.utf8) {
        core = core.dropLast(4)
      }
    }
    let isInWords = zip(core, core.dropFirst()).contains { isLetter($0) && isLetter($1) }
    let date =
      isInWords
      ? ArticleDate(inWords: core)
      : ArticleDate(String(decoding: core, as: UTF8.self)) ?? ArticleDate(digits: core) ?? ArticleDate(punctuated: core)
    guard let date else { return nil }
    self = date
  }

  /// A date from its parts, checked; `time` is `hh:mm` or `hh:mm:ss` with what may follow it in ISO 8601.
  init?(year: Int, month: Int? = nil, day: Int? = nil, time: String? = nil) {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var text = padded(year, 4)
    if let month { text += "-" + padded(month, 2) }
    if let day { text += "-" + padded(day, 2) }
    if let time, day != nil { text += "T" + time }
    self.init(text)
  }
}

/// Whether the byte is an ASCII letter.
@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

/// The number that ASCII digits stand for; nil for none, for more than 18, and for other bytes.
func decimal(_ digits: some Collection<UInt8>) -> Int? {
  guard !digits.isEmpty, digits.count <= 18, digits.allSatisfy(isDigit) else { return nil }
  return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
}
