@testable import QueryLanguage
import Testing

@Suite("Dates")
struct ArticleDateTests {
  @Test("Day numbers and dates agree with counting days one by one from 0001-01-01 to 9999-12-31")
  func everyDay() {
    var (year, month, day) = (1, 1, 1)
    var number = CivilCalendar.dayNumber(year: 1, month: 1, day: 1)
    var differences = 0
    let monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    while year < 10_000 {
      if CivilCalendar.date(ofDay: number) != (year, month, day)
        || CivilCalendar.dayNumber(year: year, month: month, day: day) != number
      {
        differences += 1
      }
      number += 1
      day += 1
      let isLeapDay = month == 2 && day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      if day > monthLengths[month - 1] && !isLeapDay {
        (month, day) = (month + 1, 1)
        if month > 12 { (year, month) = (year + 1, 1) }
      }
    }
    #expect(differences == 0)
    #expect(number == CivilCalendar.dayNumber(year: 10_000, month: 1, day: 1))
    #expect(CivilCalendar.dayNumber(year: 1970, month: 1, day: 1) == 0)
  }

  @Test(
    "Leap years have a 29 February", arguments: [(1896, 29), (1900, 28), (2000, 29), (2023, 28), (2024, 29), (4, 29), (100, 28)])
  func leapYears(year: Int, dayCount: Int) {
    #expect(CivilCalendar.dayCount(year: year, month: 2) == dayCount)
    let text = String(repeating: "0", count: 4 - String(year).count) + "\(year)"
    #expect((ArticleDate("\(text)-02-29") != nil) == (dayCount == 29))
    #expect(ArticleDate("\(text)-02")?.lastDay == ArticleDate("\(text)-02-\(dayCount)")?.firstDay)
  }

  @Test(
    "Dates are read at the precision they are written in and written back so",
    arguments: [
      ("1987", "1987"), ("1987-03", "1987-03"), ("1987-03-09", "1987-03-09"), ("0001", "0001"), ("9999-12-31", "9999-12-31"),
      ("1987-03-09T14:05", "1987-03-09T14:05:00"), ("1987-03-09 14:05:30Z", "1987-03-09T14:05:30"),
      ("1987-03-09T14:05:30.25+01:00", "1987-03-09T14:05:30"), ("1987-03-09t00:00:60z", "1987-03-09T00:00:59"),
      ("1987-03-09T23:59:59 -0800", "1987-03-09T23:59:59"), ("1896-12-31T23:00+14", "1896-12-31T23:00:00"),
      ("1987-03-09T14:05:30,5", "1987-03-09T14:05:30"),
    ])
  func reads(text: String, expected: String) throws {
    let date = try #require(ArticleDate(text))
    #expect(date.description == expected)
    #expect(ArticleDate(date.description) == date)
  }

  @Test(
    "What is no date is not read",
    arguments: [
      "", "87", "198", "19870", "0000", "-1987", "1987-", "1987-3", "1987-13", "1987-00", "1987-03-", "1987-03-9", "1987-03-00",
      "1987-03-32",
      "2021-02-30", "2021-04-31", "1987/03/09", "1987-03-09T", "1987-03-09T24:00", "1987-03-09T14", "1987-03-09T14:60",
      "1987-03-09T14:05:61",
      "1987-03-09T14:05:30.", "1987-03-09T14:05:30+1", "1987-03-09T14:05+01:", "1987-03-09T14:05+01:0",
      "1987-03-09T14:05+0:1:0:0",
      "1987-03-09T14:05+24", "1987-03-09T14:05+01:60", "1987-03-09T14:05ZZ", "1987-03-09Z", "1987 ", " 1987", "１９８７",
      "1987-03T14:05", "date",
    ])
  func rejects(text: String) {
    #expect(ArticleDate(text) == nil)
  }

  @Test("A coarse date covers all its days and sorts by its first moment, the coarser of equal ones first")
  func intervals() throws {
    let year = try #require(ArticleDate("1896"))
    #expect((year.firstDay, year.lastDay) == (-27_028, -26_663))
    let month = try #require(ArticleDate("1987-12"))
    #expect(month.lastDay - month.firstDay == 30)
    let sorted = ["1987", "1987-01", "1987-01-01", "1987-01-01T00:00:00", "1987-01-01T00:00:01", "1987-02", "1988"]
    #expect(sorted.compactMap { ArticleDate($0) }.shuffled().sorted().map(\.description) == sorted)
  }
}

@Suite("Date ranges")
struct DateRangeTests {
  @Test(
    "Ranges are read with both ends inclusive",
    arguments: [
      ("1987", "1987-01-01", "1987-12-31"), ("1988-02", "1988-02-01", "1988-02-29"), ("1987-03-09", "1987-03-09", "1987-03-09"),
      ("1987-03..1987-06", "1987-03-01", "1987-06-30"), ("1987..1988-02", "1987-01-01", "1988-02-29"),
      ("1987-03-09T10:00:00.5..1987-03-10", "1987-03-09", "1987-03-10"), ("1990..1980", "1990-01-01", "1980-12-31"),
    ])
  func reads(text: String, first: String, last: String) throws {
    let range = try #require(DateRange(text))
    #expect(range == DateRange(firstDay: ArticleDate(first)!.firstDay, lastDay: ArticleDate(last)!.firstDay))
  }

  @Test("Either end may be open")
  func openEnds() {
    #expect(DateRange("..1950") == DateRange(lastDay: ArticleDate("1950-12-31")!.firstDay))
    #expect(DateRange("1950..") == DateRange(firstDay: ArticleDate("1950-01-01")!.firstDay))
    #expect(DateRange("..") == DateRange())
    #expect(DateRange(since: ArticleDate("1950-05"), until: nil) == DateRange("1950-05.."))
    #expect(DateRange(since: nil, until: ArticleDate("1950-05")) == DateRange("..1950-05"))
    #expect(DateRange(since: ArticleDate("1950"), until: ArticleDate("1951-05-02")) == DateRange("1950..1951-05-02"))
    #expect(DateRange(since: nil, until: nil) == DateRange())
  }

  @Test(
    "What is no range is not read",
    arguments: ["", ".", "...", "1987...1988", "1987.1988", "a..b", "1987..b", "1987..1988..1989", " ..1987", "1987-13.."])
  func rejects(text: String) {
    #expect(DateRange(text) == nil)
  }

  @Test(
    "A range is written as short as it can be read back",
    arguments: [
      "1987", "1987..1990", "1987-03", "1987-03..1987-06", "1987-03-09", "..1950", "1950..", "..", "..1950-06-29",
      "1987-02..1987-03-30",
    ])
  func shortDescriptions(text: String) throws {
    let expected = text == "1987-02..1987-03-30" ? "1987-02-01..1987-03-30" : text
    #expect(try #require(DateRange(text)).description == expected)
  }

  @Test("The description of a random range parses back to it", arguments: seeds)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let days = ArticleDate("0001")!.firstDay...ArticleDate("9999")!.lastDay
    func day() -> Int32 { .random(in: days, using: &generator) }
    for _ in rounds(100) {
      let start = ArticleDate(firstDay: day(), precision: .day).description
      let coarse = DateRange("\(start.prefix([4, 7, 10].randomElement(using: &generator)!))..")!.firstDay
      let range = DateRange(
        firstDay: [.min, day(), coarse].randomElement(using: &generator)!,
        lastDay: [.max, day(), coarse - 1].randomElement(using: &generator)!)
      guard range.lastDay >= days.lowerBound else { continue }
      #expect(DateRange(range.description) == range)
    }
    for range in [
      DateRange(firstDay: .max), DateRange(lastDay: .min), DateRange(firstDay: .max, lastDay: .min),
      DateRange(firstDay: -900_000, lastDay: 3_000_000),
    ] {
      let read = DateRange(range.description)!
      for date in [ArticleDate("0001")!, ArticleDate("1987-03")!, ArticleDate("9999-12-31")!] {
        #expect(read.overlaps(date) == range.overlaps(date))
      }
    }
  }

  @Test("A date matches a range that its days overlap")
  func overlaps() {
    let range = DateRange("1987-03..1987-06")!
    for (text, isIn) in [
      ("1987", true), ("1987-02", false), ("1987-03-01", true), ("1987-06-30", true), ("1987-07-01", false), ("1986", false),
      ("1987-06", true),
    ] {
      #expect(range.overlaps(ArticleDate(text)!) == isIn)
    }
    #expect(!DateRange("1990..1980")!.overlaps(ArticleDate("1985")!))
  }
}
