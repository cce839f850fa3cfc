import QueryLanguage

extension ArticleDate {
  /// Reads a date as people and programs write it; nil where it cannot be read or could mean two days.
  ///
  ///     1987-03-09T14:05Z · 1987/03/09 · 19870309 · 19870309T140500Z · 553442400 (seconds; milliseconds with 12 or 13 digits)
  ///     Tue, 09 Mar 2021 14:05:00 GMT · 9 March 2021 · March 9, 2021 · 26-FEB-1987 15:01:01.79 · Wed Oct 10 20:19:24 +0000 2018
  ///     9.3.2021 (day first) · 03/29/2021 and 29/03/2021, but not 03/09/2021
  init?(written text: String) {
    let bytes = Array(text.utf8)
    let trimmed = bytes.span.trimmed(bytes.indices)
    // The longest form above has 40 bytes; what is far longer is no date, whatever it is.
    guard !trimmed.isEmpty, trimmed.count <= 80 else { return nil }
    let core = String(decoding: bytes[trimmed], as: UTF8.self)
    if let date = ArticleDate(core) ?? ArticleDate(digits: core) ?? ArticleDate(punctuated: core) ?? ArticleDate(inWords: core) {
      self = date
    } else {
      return nil
    }
  }

  /// A date from its parts, checked; `time` is `hh:mm` or `hh:mm:ss`.
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
