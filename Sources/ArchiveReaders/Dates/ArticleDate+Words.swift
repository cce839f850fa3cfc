import QueryLanguage

extension ArticleDate {
  /// Reads a date whose month is an English word, in any order of its parts: one month, one year of four digits, at most one
  /// day and one time.
  ///
  ///     Tue, 09 Mar 2021 14:05:00 GMT     9 March 2021     March 9th, 2021, 2:05 p.m.     26-FEB-1987 15:01:01.79     March 2021
  ///
  /// Names of weekdays and zones are read over; any other word makes the text no date.
  init?(inWords text: ArraySlice<UInt8>) {
    var parts = WrittenDateParts()
    let separators = Array(" ,-\t()".utf8)
    for word in text.split(whereSeparator: separators.contains) {
      let lowercased = word.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
      guard parts.take(lowercased[...]) else { return nil }
    }
    guard let month = parts.month, let year = parts.year, parts.day != nil || parts.time == nil else { return nil }
    guard parts.time != nil else {
      self.init(year: year, month: month, day: parts.day)
      return
    }
    guard let clock = parts.clock() else { return nil }
    self.init(year: year, month: month, day: parts.day, time: clock)
  }
}

/// The parts of a date in words, as they come.
private struct WrittenDateParts {
  private(set) var year: Int?
  private(set) var month: Int?
  private(set) var day: Int?
  private(set) var time: ArraySlice<UInt8>?
  private var isAfternoon: Bool?

  private enum Meaning {
    case month(Int)
    case half(isAfternoon: Bool)
    case nothing
  }

  private static let meanings: [String: Meaning] = {
    var meanings: [String: Meaning] = ["sept": .month(9)]
    let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    for (index, month) in months.enumerated() {
      meanings[month] = .month(index + 1)
      meanings[String(month.prefix(3))] = .month(index + 1)
    }
    for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
      for length in [3, 4, 5, day.count] { meanings[String(day.prefix(length))] = .nothing }
    }
    for word in "of at the on z gmt utc ut est edt cst cdt mst mdt pst pdt et ct pt cet cest bst".split(separator: " ") {
      meanings[String(word)] = .nothing
    }
    for word in ["am", "a.m"] { meanings[word] = .half(isAfternoon: false) }
    for word in ["pm", "p.m"] { meanings[word] = .half(isAfternoon: true) }
    return meanings
  }()

  /// Takes a word in lower case; false where it is no part of a date, or one that was there before.
  mutating func take(_ word: ArraySlice<UInt8>) -> Bool {
    var word = word
    if word.contains(UInt8(ascii: ":")) { return takeTime(word) }
    while word.last == UInt8(ascii: ".") { word = word.dropLast() }
    guard let first = word.first else { return false }
    if first == UInt8(ascii: "+") { return time != nil && decimal(word.dropFirst()) != nil }
    if isDigit(first) { return takeNumber(word) }
    switch WrittenDateParts.meanings[String(decoding: word, as: UTF8.self)] {
    case .month(let number) where month == nil: month = number
    case .half(let half) where isAfternoon == nil && time != nil: isAfternoon = half
    case .nothing: break
    default: return false
    }
    return true
  }

  private mutating func takeTime(_ word: ArraySlice<UInt8>) -> Bool {
    guard time == nil else { return false }
    time = word.prefix { isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    let rest = word.dropFirst(time?.count ?? 0)
    // `2:05pm` or `14:05Z`
    return rest.isEmpty || take(rest)
  }

  /// Takes a day such as `9` or `9th`, or a year. Four digits more, behind a time, are an offset from UTC whose sign was a
  /// separator.
  private mutating func takeNumber(_ word: ArraySlice<UInt8>) -> Bool {
    let digits = word.prefix(while: isDigit)
    let suffix = word.dropFirst(digits.count)
    let isOrdinal = ["st", "nd", "rd", "th"].contains { suffix.elementsEqual($0.utf8) }
    switch digits.count {
    case 1, 2:
      guard day == nil, suffix.isEmpty || isOrdinal else { return false }
      day = decimal(digits)
    case 4 where suffix.isEmpty:
      if year == nil { year = decimal(digits) } else { return time != nil }
    default: return false
    }
    return true
  }

  /// The time as ISO 8601 writes it; nil where it cannot be.
  func clock() -> String? {
    guard let time, let colon = time.firstIndex(of: UInt8(ascii: ":")), var hour = decimal(time[..<colon]) else { return nil }
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    return (hour < 10 ? "0" : "") + String(hour) + String(decoding: time[colon...], as: UTF8.self)
  }
}
