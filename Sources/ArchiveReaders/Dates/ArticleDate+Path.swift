import QueryLanguage

extension ArticleDate {
  /// The date that a path states: that of the file's name, else that of the folders, the innermost first; nil where neither has
  /// one.
  ///
  ///     2021/03/2021-03-09-title.txt → 2021-03-09     1987/03/09/a.txt → 1987-03-09     archive/1987/a.txt → 1987
  ///     20210309_a.txt → 2021-03-09     2021-03/a.txt → 2021-03     1984.txt → nil: a bare year in a file's name is more often
  ///     a title
  init?(inPath path: String) {
    let names = path.split(separator: "/")
    guard let file = names.last else { return nil }
    if let date = ArticleDate(inName: file) {
      self = date
      return
    }
    let folders = names.dropLast()
    for index in folders.indices.reversed() {
      if let date = ArticleDate(inName: folders[index]) ?? ArticleDate(nested: folders[...index]) {
        self = date
        return
      }
    }
    return nil
  }

  /// A date to the day or month somewhere in a name: `YYYY-MM-DD`, `YYYY_MM_DD`, `YYYYMMDD`, `YYYY-MM`, with no further digits
  /// beside it.
  private init?(inName name: Substring) {
    let bytes = Array(name.utf8)
    var month: ArticleDate?
    var index = 0
    while index < bytes.count {
      guard isDigit(bytes[index]) else {
        index += 1
        continue
      }
      let end = bytes[index...].firstIndex { !isDigit($0) } ?? bytes.count
      if end - index == 8, let date = ArticleDate(digits: bytes[index..<end]) {
        self = date
        return
      }
      if end - index == 4, let found = ArticleDate.separated(bytes, at: index) {
        if found.precision == .day {
          self = found
          return
        }
        month = month ?? found
      }
      index = end
    }
    guard let month else { return nil }
    self = month
  }

  /// `YYYY-MM-DD` or `YYYY-MM` from an index on, with `-`, `_` or `.` between the numbers.
  private static func separated(_ bytes: [UInt8], at start: Int) -> ArticleDate? {
    var numbers: [Int] = []
    var index = start
    while numbers.count < 3, index < bytes.count {
      let end = bytes[index...].firstIndex { !isDigit($0) } ?? bytes.count
      guard end - index == (numbers.isEmpty ? 4 : 2) else { break }
      numbers.append(bytes[index..<end].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
      guard end < bytes.count, [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(bytes[end]) else { break }
      index = end + 1
    }
    guard numbers.count >= 2, plausibleYears.contains(numbers[0]) else { return nil }
    if numbers.count == 3, let day = ArticleDate(year: numbers[0], month: numbers[1], day: numbers[2]) { return day }
    return ArticleDate(year: numbers[0], month: numbers[1])
  }

  /// Folders that are a year, a month and a day, the last of them innermost: `1987`, `1987/03`, `1987/03/09`.
  private init?(nested folders: ArraySlice<Substring>) {
    let numbers = folders.suffix(3).map { $0.utf8.allSatisfy(isDigit) ? ($0.utf8.count, Int($0) ?? 0) : (0, 0) }
    func isYear(_ part: (Int, Int)) -> Bool { part.0 == 4 && ArticleDate.plausibleYears.contains(part.1) }
    func isShort(_ part: (Int, Int)) -> Bool { part.0 == 1 || part.0 == 2 }
    if let last = numbers.last, isYear(last) {
      self.init(year: last.1)
    } else if numbers.count >= 2, isYear(numbers[numbers.count - 2]), isShort(numbers[numbers.count - 1]) {
      self.init(year: numbers[numbers.count - 2].1, month: numbers[numbers.count - 1].1)
    } else if numbers.count == 3, isYear(numbers[0]), isShort(numbers[1]), isShort(numbers[2]) {
      self.init(year: numbers[0].1, month: numbers[1].1, day: numbers[2].1)
    } else {
      return nil
    }
  }
}
