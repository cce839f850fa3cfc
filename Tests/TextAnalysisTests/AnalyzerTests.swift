import Testing

@testable import TextAnalysis

@Suite("Analyzer")
struct AnalyzerTests {
  let analyzer = Analyzer()

  @Test(
    "News words come apart as the table says",
    arguments: [
      ("AT&T", ["at", "t"]), ("U.S.", ["u.s"]), ("U.S. Senate", ["u.s", "senate"]), ("fox-it", ["fox", "it"]),
      ("can't", ["can't"]), ("can’t", ["can't"]), ("C++", ["c"]), ("3.14 1,000 1;2", ["3.14", "1,000", "1;2"]),
      ("a,b 1:2 a.1 1.a", ["a", "b", "1", "2", "a", "1", "1", "a"]), ("foo_bar _x_", ["foo_bar", "_x_"]), ("___ -- ...", []),
      ("a1b2 1st", ["a1b2", "1st"]), ("e.g., i.e.:", ["e.g", "i.e"]), ("'quoted'", ["quoted"]),
      ("rock 'n' roll", ["rock", "n", "roll"]),
      ("https://example.com/a?b=c", ["https", "example.com", "a", "b", "c"]), ("editor@paper.co.uk", ["editor", "paper.co.uk"]),
      ("President\u{2019}s \u{201C}plan\u{201D}\u{2014}a", ["president's", "plan", "a"]),
      ("$1.5m 40% #tag", ["1.5m", "40", "tag"]),
      ("東京へ行く", ["東", "京", "へ", "行", "く"]), ("カメラ屋", ["カメラ", "屋"]), ("서울 시민", ["서울", "시민"]), ("\u{3007}", ["\u{3007}"]),
      ("צה\"ל צה״ל", ["צה\"ל", "צה\"ל"]), ("ภาษา", ["ภ", "า", "ษ", "า"]), ("", []), (" \n\t ", []),
    ])
  func words(text: String, terms: [Spelling]) {
    #expect(analyzer.spellings(in: text) == terms)
  }

  @Test(
    "Emoji are tokens, and pictographs shown as text are not",
    arguments: [
      ("🚀🚀", ["🚀", "🚀"]), ("I ❤️ NY", ["i", "❤", "ny"]), ("I ❤ NY", ["i", "ny"]), ("Soap® ™ ©", ["soap"]), ("©️", ["©"]),
      ("👨‍👩‍👧!", ["👨👩👧"]), ("👍🏽", ["👍🏽"]), ("🇫🇷🇩🇪", ["🇫🇷", "🇩🇪"]), ("1️⃣", ["1\u{20E3}"]), ("-\u{200D}🚀", ["🚀"]),
    ])
  func emoji(text: String, terms: [Spelling]) {
    #expect(analyzer.spellings(in: text) == terms)
  }

  @Test(
    "The letters of a token tell its case",
    arguments: [
      ("aids", [.hasInnerLower]), ("AIDS", [.startsUpper, .hasInnerUpper]), ("Aids", [.startsUpper, .hasInnerLower]),
      ("iPhone", [.hasInnerUpper, .hasInnerLower]), ("I", [.startsUpper]), ("1990s", []), ("3D", [.startsUpper]),
      ("3-D", []), ("4thX", [.hasInnerLower, .hasInnerUpper]), ("_Foo", [.startsUpper, .hasInnerLower]),
      ("U.S", [.startsUpper, .hasInnerUpper]),
      ("Élan", [.startsUpper, .hasInnerLower]), ("ÉLAN", [.startsUpper, .hasInnerUpper]), ("ǅ", [.startsUpper]), ("東", []),
      ("can’T", [.hasInnerLower, .hasInnerUpper]), ("1", []), ("E\u{301}", [.startsUpper]),
    ] as [(String, TokenShape)])
  func letterCase(text: String, shape: TokenShape) throws {
    let token = try #require(analyzer.tokens(of: text).first)
    #expect(TokenShape(rawValue: token.shape).subtracting([.startsSentence, .startsParagraph]) == shape)
  }

  @Test(
    "Sentences start where UAX #29 says, and wrapped lines do not end them",
    arguments: [
      ("Mr. smith came. He left.", ["mr", "he"]), ("One! two? (Three.) four", ["one", "two", "three"]),
      ("He paid $5. 20 men saw it.", ["he"]), ("He paid. 20 Men saw it.", ["he", "20"]), ("It ended. 20", ["it", "20"]),
      ("It ended. 20\n\nmen", ["it", "20", "men"]), ("the end\nof the line", ["the"]), ("the end.\nOf the line", ["the", "of"]),
      ("the end\r\nof", ["the"]), ("head\n\nbody", ["head", "body"]), ("the U.S. Senate", ["the", "senate"]),
      ("v. 3.5 A", ["v", "3.5"]),
      ("“Go.” He went.", ["go", "he"]), ("終わり。次", ["終", "次"]), ("...x", ["x"]),
    ])
  func sentences(text: String, starts: [String]) {
    #expect(analyzer.words(of: text, thatAre: .startsSentence) == starts)
  }

  @Test(
    "Paragraphs start after blank lines, U+2029 and indented lines",
    arguments: [
      ("a\nb", ["a"]), ("a\n\nb", ["a", "b"]), ("a\r\nb", ["a"]), ("a\r\n\r\nb", ["a", "b"]), ("a\n \t \nb", ["a", "b"]),
      ("a\n b", ["a"]),
      ("a\n  b", ["a", "b"]), ("a\n\tb", ["a", "b"]), ("a\u{2029}b", ["a", "b"]), ("a\u{2028}b", ["a"]),
      ("a\n\u{3000}b", ["a", "b"]),
      ("a  b\tc", ["a"]), ("a\r\rb", ["a", "b"]), ("a\n\u{A0}\u{A0}b", ["a", "b"]), ("  a", ["a"]), ("a\n\n- b", ["a", "b"]),
      ("a\n-  b", ["a"]),
    ])
  func paragraphs(text: String, starts: [String]) {
    #expect(analyzer.words(of: text, thatAre: .startsParagraph) == starts)
    #expect(analyzer.words(of: text, thatAre: [.startsParagraph, .startsSentence]) == starts)
  }

  @Test("Offsets are those of the text, in bytes")
  func offsets() {
    #expect(
      analyzer.tokens(of: "« Ça » can’t\u{AD}").map { [$0.start, $0.end] } == [[3, 6], [10, 19]])
  }

  @Test("Ill-formed bytes part words and are no tokens")
  func illFormed() {
    #expect(analyzer.tokens(of: [0x61, 0xFF, 0x62]).map(\.term) == ["a", "b"])
    #expect(analyzer.tokens(of: [0x61, 0xC0, 0xAF, 0x62, 0xE2, 0x82]).map(\.term) == ["a", "b"])
    #expect(analyzer.tokens(of: [0x61, 0xED, 0xA0, 0x80, 0x62, 0xF4, 0x90, 0x80, 0x80]).map(\.term) == ["a", "b"])
    #expect(analyzer.tokens(of: [0xC3]).isEmpty)
    // `a` in three and four bytes
    #expect(analyzer.tokens(of: [0x61, 0xE0, 0x81, 0xA1, 0x62, 0xF0, 0x80, 0x81, 0xA1]).map(\.term) == ["a", "b"])
    #expect(analyzer.tokens(of: [0x61, 0, 0x62]).map(\.term) == ["a", "b"])
  }

  @Test("A second text is appended to a batch with positions of its own")
  func batches() {
    var batch = TokenBatch()
    analyzer.analyze("One two", into: &batch)
    analyzer.analyze("thrée", into: &batch)
    #expect(batch.tokens.map(\.term) == ["one", "two", "three"])
    #expect(batch.starts == [0, 4, 0])
    #expect(batch.shapes[2] == TokenShape([.startsSentence, .startsParagraph, .hasInnerLower]).rawValue)
    batch.removeAll()
    analyzer.analyze("", into: &batch)
    #expect(batch.count == 0 && batch.termBytes.isEmpty)
  }

  @Test("A keyword is its words joined by single spaces")
  func keywords() {
    #expect(analyzer.keyword(" World   NEWS") == "world news")
    #expect(analyzer.keyword("--") == "")
    #expect(Analyzer.fingerprint.contains("unicode-15.0"))
  }
}
