import QueryLanguage

extension ArticleDate {
  /// Reads a date whose month is an English word, in any order of its parts: one month, one year of four digits, at most one day and one time.
  ///
  ///     Tue, 09 Mar 2021 14:05:00 GMT     9 March 2021     March 9th, 2021, 2:05 p.m.     26-FEB-1987 15:01:01.79     March 2021
  ///
  /// Names of weekdays and zones are read over; any other word makes the text no date.
  init?(inWords text: String) {
    var parts = Parts()
    var words = text.lowercased().split { " ,-\t()".contains($0) }
    // Offsets such as -0500 lose their sign above; four digits behind a time are an offset, unless no year has come.
    while !words.isEmpty {
      guard parts.take(words.removeFirst()) else { return nil }
    }
    guard let month = parts.month, let year = parts.year, parts.day != nil || parts.time == nil, let time = parts.clock() else {
      return nil
    }
    self.init(year: year, month: month, day: parts.day, time: time.isEmpty ? nil : time)
  }

  private struct Parts {
    var year: Int?
    var month: Int?
    var day: Int?
    var time: Substring?
    var isAfternoon: Bool?

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let fullMonths = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    private static let ignored: Set<Substring> = [
      "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
      "friday", "saturday", "sunday", "of", "at", "the", "z", "gmt", "utc", "ut", "est", "edt", "cst", "cdt", "mst", "mdt", "pst",
      "pdt", "et", "ct", "pt", "cet", "cest", "bst",
    ]

    /// Whether the word is a part of a date that was still missing.
    mutating func take(_ word: Substring) -> Bool {
      var word = word
      if word.contains(":") {
        guard time == nil else { return false }
        for (suffix, afternoon) in [("am", false), ("pm", true)] where word.hasSuffix(suffix) {
          isAfternoon = afternoon
          word = word.dropLast(2)
        }
        time = word
        return true
      }
      while word.hasSuffix(".") { word = word.dropLast() }
      switch word {
      case "am", "a.m": return takeHalf(false)
      case "pm", "p.m": return takeHalf(true)
      default: break
      }
      if word.hasPrefix("+") { return time != nil && word.dropFirst().allSatisfy(\.isASCIIDigit) }
      if word.allSatisfy(\.isASCIIDigit) { return takeNumber(word) }
      if let number = Parts.months.firstIndex(of: String(word)) ?? Parts.fullMonths.firstIndex(of: String(word))
        ?? (word == "sept" ? 8 : nil)
      {
        guard month == nil else { return false }
        month = number + 1
        return true
      }
      for suffix in ["st", "nd", "rd", "th"] where word.hasSuffix(suffix) && word.dropLast(2).allSatisfy(\.isASCIIDigit) {
        return word.count <= 4 && takeNumber(word.dropLast(2))
      }
      return Parts.ignored.contains(word)
    }

    private mutating func takeNumber(_ word: Substring) -> Bool {
      switch word.count {
      case 1, 2:
        guard day == nil, let number = Int(word) else { return false }
        day = number
      case 4:
        if year == nil { year = Int(word) } else if time == nil { return false }
      default: return false
      }
      return true
    }

    private mutating func takeHalf(_ afternoon: Bool) -> Bool {
      guard time != nil, isAfternoon == nil else { return false }
      isAfternoon = afternoon
      return true
    }

    /// The time in the form `hh:mm:ss`, empty without one, nil where it cannot be.
    func clock() -> String? {
      guard let time else { return "" }
      guard let colon = time.firstIndex(of: ":"), var hour = Int(time[..<colon]), (0...24).contains(hour) else { return nil }
      if let isAfternoon {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (isAfternoon ? 12 : 0)
      }
      return (hour < 10 ? "0" : "") + String(hour) + time[colon...]
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
