import QueryLanguage

extension ArticleDate {
  /// Reads three numbers between slashes, dots, hyphens or underscores, and a time behind them if there is one.
  ///
  /// Four digits first are the year, then month and day. Four digits last are the year: between dots the day comes first; between others the order is only believed
  /// where it cannot be the other one.
  ///
  ///     1987/3/9 → 1987-03-09     9.3.1987 → 1987-03-09     29/03/1987 → 1987-03-29     03/09/1987 → nil     09/09/1987 → 1987-09-09
  init?(punctuated text: String) {
    let (dateText, timeText) = ArticleDate.splitAtTime(text)
    let separators: [Character] = ["/", ".", "-", "_"]
    guard let separator = dateText.first(where: { !$0.isNumber }), separators.contains(separator) else { return nil }
    let parts = dateText.split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.allSatisfy(isDigit) && $0.utf8.count <= 4 ? Int($0) : nil }
    guard numbers.count == parts.count, parts.count == 2 || parts.count == 3 else { return nil }

    if parts[0].utf8.count == 4, parts.dropFirst().allSatisfy({ $0.utf8.count <= 2 }) {
      self.init(year: numbers[0], month: numbers[1], day: parts.count == 3 ? numbers[2] : nil, time: timeText)
      return
    }
    guard parts.count == 3, parts[2].utf8.count == 4, parts[0].utf8.count <= 2, parts[1].utf8.count <= 2 else { return nil }
    let (first, second) = (numbers[0], numbers[1])
    if separator == "." || first > 12 || first == second {
      self.init(year: numbers[2], month: second, day: first, time: timeText)
    } else if second > 12 {
      self.init(year: numbers[2], month: first, day: second, time: timeText)
    } else {
      return nil
    }
  }

  /// What stands before the first space or `T`, and the time behind it.
  private static func splitAtTime(_ text: String) -> (date: String, time: String?) {
    guard let separator = text.firstIndex(where: { $0 == " " || $0 == "T" }) else { return (text, nil) }
    return (String(text[..<separator]), String(text[text.index(after: separator)...].drop { $0 == " " }))
  }
}
