import ArchiveReaders
import QueryLanguage
import SearchAPI
import Testing

@Suite("Dates")
struct DateTests {
  static let readable = [
    ("1987-03-09T14:05:00Z", "1987-03-09T14:05:00"), ("1987-03-09 14:05:30 UTC", "1987-03-09T14:05:30"), ("1987", "1987"),
    ("2021-03-09T14:05:00.123+01:00", "2021-03-09T14:05:00"), ("198703", "1987-03"), ("19870309", "1987-03-09"),
    ("19870309T140500Z", "1987-03-09T14:05:00"), ("20210309140500", "2021-03-09T14:05:00"), ("1987/03/09", "1987-03-09"),
    ("1987/3/9 14:05", "1987-03-09T14:05:00"), ("2021.03.09", "2021-03-09"), ("9.3.2021", "2021-03-09"),
    ("03/29/2021", "2021-03-29"), ("29/03/2021", "2021-03-29"), ("03/03/2021", "2021-03-03"),
    ("Tue, 09 Mar 2021 14:05:00 GMT", "2021-03-09T14:05:00"), ("Tue, 9 Mar 2021 14:05 -0500", "2021-03-09T14:05:00"),
    ("9 March 2021", "2021-03-09"), ("March 9, 2021", "2021-03-09"), ("Mar. 9th, 2021", "2021-03-09"),
    ("MARCH 2021", "2021-03"), ("Tuesday, March 9, 2021 at 2:05 p.m. ET", "2021-03-09T14:05:00"),
    ("March 9, 2021 12:30am", "2021-03-09T00:30:00"), ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"),
    ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24"), ("Wed Oct 10 20:19:24 2018", "2018-10-10T20:19:24"),
    ("553442400", "1987-07-16T14:00:00"), ("1615298700", "2021-03-09T14:05:00"), ("1615298700000", "2021-03-09T14:05:00"),
    ("1615298700000000", "2021-03-09T14:05:00"), ("1615298700.75", "2021-03-09T14:05:00"), ("-1", "1969-12-31T23:59:59"),
    ("  1987-03-09  ", "1987-03-09"),
  ]

  @Test("A date in any of the usual forms is read", arguments: readable)
  func reads(text: String, date: String) throws {
    let reading = try Reading(file: "a.jsonl", #"{"title":"x","date":"\#(text)"}"#)
    #expect(reading.articles.map { $0.date?.description } == [date])
    #expect(reading.counters.unreadableDates == 0)
  }

  @Test(
    "A number is a date, too",
    arguments: [
      ("1615298700", "2021-03-09T14:05:00"), ("1987", "1987"), ("19870309", "1987-03-09"),
      ("1615298700000", "2021-03-09T14:05:00"),
    ])
  func readsNumbers(number: String, date: String) throws {
    let reading = try Reading(file: "a.jsonl", #"{"title":"x","date":\#(number)}"#)
    #expect(reading.articles.map { $0.date?.description } == [date])
  }

  @Test(
    "What cannot be read or could mean two days leaves the article undated and is remarked on",
    arguments: [
      "03/09/2021", "yesterday", "2021-02-30", "31 February 2021", "March 9", "9 9 March 2021", "March 2021 14:05", "12345",
      "1615298700000000000000000", "99999999", "2021-03-09T25:00:00", "March 9, 2021 13:05 pm", "1e9", ".", "-", "::",
      "March March 2021",
      "9th", "2021/03/09/11", "+++", "-9223372036854775808", "T", "2021-3-9-", "May the force be with you 2021",
    ])
  func refuses(text: String) throws {
    let reading = try Reading(file: "a.jsonl", #"{"title":"x","date":"\#(text)"}"#)
    #expect(reading.articles.map(\.date) == [nil])
    #expect(reading.counters.unreadableDates == 1)
    #expect(
      reading.counters.warnings.map(\.description) == ["a.jsonl#1: the date `\(text)` cannot be read, so the article is undated"])
  }

  @Test("No date is no remark", arguments: ["", ",\"date\":null", ",\"date\":\"\"", ",\"date\":\" \""])
  func absent(member: String) throws {
    let reading = try Reading(file: "a.jsonl", "{\"title\":\"x\"\(member)}")
    #expect(reading.articles.map(\.date) == [nil])
    #expect(reading.counters.unreadableDates == 0)
  }
}
