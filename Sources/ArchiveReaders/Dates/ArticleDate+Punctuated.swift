import QueryLanguage

extension ArticleDate {
  /// Reads two or three numbers between slashes, dots, hyphens or underscores, and a time behind them if there is one.
  ///
  /// Four digits first are the year, then month and day. Four digits last are the year: between dots the day comes first;
  /// between others the order is only believed where it cannot be the other one.
  ///
  ///     1987/3/9 → 1987-03-09     9.3.1987 → 1987-03-09     29/03/1987 → 1987-03-29     03/09/1987 → nil     09/09/1987 →
  ///     1987-09-09
  init?(punctuated text: ArraySlice<UInt8>) {
    let dateText = text.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "T") }
    let timeText = text.dropFirst(dateText.count + 1).drop { $0 == UInt8(ascii: " ") }
    let time = timeText.isEmpty ? nil : String(decoding: timeText, as: UTF8.self)

    guard let separator = dateText.first(where: { !isDigit($0) }), "/.-_".utf8.contains(separator) else { return nil }
    let parts = dateText.split(separator: separator, maxSplits: 3, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 4 ? decimal($0) : nil }
    guard numbers.count == parts.count, parts.count == 2 || parts.count == 3 else { return nil }

    if parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count <= 2 }) {
      self.init(year: numbers[0], month: numbers[1], day: parts.count == 3 ? numbers[2] : nil, time: time)
      return
    }
    guard parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2 else { return nil }
    let (first, second) = (numbers[0], numbers[1])
    if separator == UInt8(ascii: ".") || first > 12 || first == second {
      self.init(year: numbers[2], month: second, day: first, time: time)
    } else if second > 12 {
      self.init(year: numbers[2], month: first, day: second, time: time)
    } else {
      return nil
    }
  }
}
