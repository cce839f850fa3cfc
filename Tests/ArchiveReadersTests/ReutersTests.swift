import ArchiveReaders
import QueryLanguage
import SearchAPI
import Testing

@Suite("Reuters-21578")
struct ReutersTests {
  static let record = """
    <!DOCTYPE lewis SYSTEM "lewis.dtd">
    <REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5544" NEWID="1">
    <DATE>26-FEB-1987 15:01:01.79</DATE>
    <TOPICS><D>cocoa</D><D>coffee</D></TOPICS>
    <PLACES><D>usa</D></PLACES>
    <UNKNOWN> &#5;&#5;C T</UNKNOWN>
    <TEXT>&#2;
    <TITLE>BAHIA &lt;COCOA>
     REVIEW</TITLE>
    <AUTHOR>    By Rajan Moses, Reuters</AUTHOR>
    <DATELINE>    SALVADOR, Feb 26 - </DATELINE><BODY>Showers &amp; rain &unknown; R&D.
        The dry period&#127;means
     Reuter
    &#3;</BODY></TEXT>
    </REUTERS>

    """

  @Test("Every part of an article is read from its element")
  func everyPart() throws {
    let reading = try Reading(file: "a.sgm", ReutersTests.record)
    let expected = Article(
      id: "reuters21578-1", title: "BAHIA <COCOA> REVIEW",
      body: "SALVADOR, Feb 26 - Showers & rain &unknown; R&D.\n    The dry period means\n Reuter",
      date: ArticleDate("1987-02-26T15:01:01"),
      keywords: [.source: "Reuters", .section: "cocoa, coffee", .author: "Rajan Moses"],
      origin: "a.sgm#1")
    #expect(reading.articles == [expected])
    #expect(reading.skipped.isEmpty)
  }

  @Test("A record without a body has its title, or its whole text for a body")
  func withoutBody() throws {
    let reading = try Reading(
      file: "a.sgm",
      """
      <REUTERS NEWID="7"><DATE>3-MAR-1987  09:15:05.40&#5;&#5;RM</DATE><TEXT TYPE="BRIEF">&#2;
      ******<TITLE>A TITLE
      </TITLE>Blah blah blah.</TEXT></REUTERS>
      <REUTERS><DATE>31-MAR-1987 605:12:19.12</DATE><TOPICS></TOPICS><TEXT TYPE="UNPROC">&#2;
      RAW  TEXT
      LINE 2
      &#3;</TEXT></REUTERS>
      """)
    #expect(reading.articles.map(\.id) == ["reuters21578-7", "a.sgm#2"])
    #expect(reading.articles.map(\.title) == ["A TITLE", ""])
    #expect(reading.articles.map(\.body) == ["", "RAW  TEXT\nLINE 2"])
    #expect(reading.articles.map { $0.date?.description } == ["1987-03-03T09:15:05", "1987-03-31"])
    #expect(reading.articles.map { $0.keywords[.section] } == [nil, nil])
  }

  @Test(
    "What is no record is skipped with a reason, and the rest is read",
    arguments: [
      ("<REUTERS NEWID=\"2\"><TEXT>open", "a.sgm#2: the record is not closed by `</REUTERS>`"),
      ("</REUTERS>", "a.sgm#2: the record is not opened by `<REUTERS`"),
      ("<REUTERS NEWID=\"2\"></REUTERS>", "a.sgm#2: the record has no TEXT"),
      ("<REUTERS </TEXT></REUTERS>", "a.sgm#2: the record has no TEXT"),
      ("rubbish", "a.sgm#2: the record is not closed by `</REUTERS>`"),
    ])
  func damaged(text: String, skipped: String) throws {
    let reading = try Reading(file: "a.sgm", ReutersTests.record + text)
    #expect(reading.articles.map(\.id) == ["reuters21578-1"])
    #expect(reading.skipped.map(\.description) == [skipped])
  }

  @Test("An end tag is found wherever the end of a buffer falls in it", arguments: 0...10)
  func endTagAcrossBuffers(split: Int) throws {
    let start = "<REUTERS NEWID=\"1\"><TEXT><TITLE>a</TITLE>"
    let padding = String(repeating: " ", count: (256 << 10) - start.utf8.count - 7 - split)
    let reading = try Reading(file: "a.sgm", start + padding + "</TEXT></REUTERS><REUTERS NEWID=\"2\"><TEXT>b</TEXT></REUTERS>")
    #expect(reading.articles.map(\.id) == ["reuters21578-1", "reuters21578-2"])
  }

  @Test("SGML of another kind is skipped as a whole, once")
  func otherKind() throws {
    #expect(try Reading(file: "a.sgml", "<DOC><TEXT>x</TEXT></DOC>").skipped.count == 1)
    #expect(try Reading(file: "a.sgml", "").skipped.isEmpty)
  }

  @Test(
    "The collection has 21,578 articles, 2,535 of them without a body, and one byte that is no UTF-8",
    .enabled(if: SharedData.has("raw/reuters21578.tar.gz"), "the shared corpora are not here"))
  func wholeCollection() throws {
    let folder = try TemporaryFolder()
    try SharedData.unpack("raw/reuters21578.tar.gz", into: folder)
    let reading = try Reading(folder.path, options: ReadingOptions(format: .sgml))
    #expect(reading.articles.count == 21_578)
    #expect(reading.skipped.isEmpty)
    #expect(Set(reading.articles.map(\.id)).count == 21_578)
    // 1,798 have a title alone, and the text of one is empty.
    #expect(reading.articles.filter { $0.body.isEmpty }.count == 1_799)
    #expect(reading.articles.filter { $0.title.isEmpty }.count == 737)
    #expect(reading.articles.filter { $0.date == nil }.isEmpty)
    #expect(reading.counters.repairs == 1)
    #expect(reading.counters.files == 22)
    // The DTD, the README and the lists of topics.
    #expect(reading.counters.otherFiles == 9)
    #expect(reading.bytesRead == reading.totalBytes)
  }
}
