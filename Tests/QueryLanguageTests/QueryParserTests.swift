import QueryLanguage
import Testing

@Suite("The query language")
struct QueryParserTests {
  /// The canonical text of what a text means.
  private func meaning(_ text: String, joinsWithOr: Bool = false) -> String {
    parser.parse(text, QueryOptions(joinsWithOr: joinsWithOr)).query.description
  }

  @Test(
    "Words side by side must all occur",
    arguments: [
      ("a", "a"), ("a b", "a AND b"), ("A AND b & c && d", "a AND b AND c AND d"), ("a OR b | c || d", "a OR b OR c OR d"),
      ("a|b", "a OR b"), ("a b OR c d", "(a AND b) OR (c AND d)"), ("a AND b OR c AND d", "(a AND b) OR (c AND d)"),
      ("a (b OR c)", "a AND (b OR c)"), ("(a b) c", "a AND b AND c"), ("(a OR b) OR c", "a OR b OR c"), ("((a))", "a"),
      (
        "a and b or not c", "a AND and AND b AND or AND not AND c"
      ),
      ("NOT a", "NOT a"), ("-a", "NOT a"), ("a NOT b", "a AND NOT b"), ("a -b", "a AND NOT b"), ("-a -b", "NOT a AND NOT b"),
      ("a OR -b", "a OR NOT b"), ("a OR b -c", "a OR (b AND NOT c)"), ("NOT NOT a", "NOT NOT a"), ("-(a b)", "NOT (a AND b)"),
      ("a AND NOT (b OR c)", "a AND NOT (b OR c)"), ("+a b", "a AND b"), ("+a", "a"), ("+a OR b OR c", "+a OR b OR c"),
      ("(+a b) OR c", "(a AND b) OR c"), ("a*b", "\"a b\""), ("*", "*"), ("NOT *", "NOT *"), ("a AND *", "a AND *"),
    ])
  func joinsWithAnd(text: String, expected: String) {
    #expect(meaning(text) == expected)
  }

  @Test(
    "Words side by side may each occur where the options say so",
    arguments: [
      ("a b", "a OR b"), ("a b AND c", "a OR (b AND c)"), ("a b c -d", "(a OR b OR c) AND NOT d"),
      ("-d a b", "(a OR b) AND NOT d"),
      ("a NOT b", "a AND NOT b"), ("a b NOT c", "(a OR b) AND NOT c"), ("a OR -b", "a OR NOT b"), ("-b OR a", "NOT b OR a"),
      ("a b OR -c", "a OR b OR NOT c"), ("a OR b -c", "(a OR b) AND NOT c"), ("+a b c", "+a OR b OR c"),
      ("b +a c", "+a OR b OR c"),
      ("+a +b c", "+(a AND b) OR c"), ("+a +b", "a AND b"), ("+a b -c", "(+a OR b) AND NOT c"), ("+a -c", "a AND NOT c"),
      ("-a", "NOT a"), ("-a -b", "NOT a AND NOT b"), ("(a -b) c", "(a AND NOT b) OR c"), ("a AND b -c", "a AND b AND NOT c"),
      ("-a AND b", "NOT a AND b"), ("title:(a b)", "title:a OR title:b"), ("source:(x y)", "source:x OR source:y"),
      ("+(-a) b", "+(NOT a) OR b"),
    ])
  func joinsWithOr(text: String, expected: String) {
    #expect(meaning(text, joinsWithOr: true) == expected)
  }

  @Test(
    "Phrases, words grown together, fields and weights",
    arguments: [
      ("\"a b\"", "\"a b\""), ("“a b”", "\"a b\""), ("„a b“ c", "\"a b\" AND c"), ("\"a\"", "a"),
      ("fox-it AT&T", "\"fox it\" AND \"at t\""),
      ("C++ U.S.", "c AND \"u s\""), ("\"rail\"-strike", "rail AND strike"), ("http://x.org/a", "\"http x org a\""),
      ("10:30", "\"10 30\""), ("title:x y", "title:x AND y"), ("Title: x", "title:x"), ("title:(a b)", "title:a AND title:b"),
      ("title:\"a b\"", "title:\"a b\""), ("body:a-b", "body:\"a b\""), ("title:(a body:b)", "title:a AND body:b"),
      ("title:body:a", "body:a"), ("-title:x", "NOT title:x"), ("title:-x", "NOT title:x"),
      ("title:OR", "title:or"),
      ("source:Reuters", "source:reuters"), ("section:\"World News\" a", "section:\"world news\" AND a"),
      ("section:(World News OR Business)", "section:\"world news\" OR section:business"),
      ("source:new york", "source:new AND york"),
      ("author:O'Brien", "author:\"o brien\""), ("language:en-GB", "language:\"en gb\""), ("date:1987", "date:1987"),
      ("date:1987-03..1987-06", "date:1987-03..1987-06"), ("date:..1950", "date:..1950"), ("date:1950..", "date:1950.."),
      ("date:\"1987-03-09\"", "date:1987-03-09"), ("date:(1987 OR 1989)", "date:1987 OR date:1989"),
      ("date:1987-03-09T14:05Z", "date:1987-03-09"),
      ("a^2", "a^2"), ("a ^2", "a^2"), ("a^2.5 b", "a^2.5 AND b"), ("\"a b\"^3", "\"a b\"^3"), ("(a b)^2 c", "(a AND b)^2 AND c"),
      ("title:x^2", "title:x^2"), ("-a^2", "NOT a^2"), ("(-a)^2", "(NOT a)^2"), ("a^0", "a^0"), ("a^1e2", "a^100"),
      ("a^.5", "a^0.5"), ("a^2,b", "a^2 AND b"), ("a^1e", "a^1 AND e"), ("a^1e+1", "a^10"),
      ("(a^2)^3", "(a^2)^3"), ("a\u{3000}b\u{A0}c", "a AND b AND c"), ("a\tb\r\nc", "a AND b AND c"),
    ])
  func leaves(text: String, expected: String) {
    let parsed = parser.parse(text)
    #expect(parsed.query.description == expected)
    if !text.contains("World News OR") { #expect(parsed.notes.isEmpty, "\(parsed.notes)") }
  }

  @Test(
    "What cannot be read as it stands has a best reading and a note that says where",
    arguments: [
      ("\"a b", "a AND b", 0..<1, "quotation mark"), ("a “b c", "a AND b AND c", 2..<5, "quotation mark"),
      ("(a b", "a AND b", 0..<1, "never closed"), ("a) b", "a AND b", 1..<2, "closes nothing"),
      ("a * b", "a AND b", 2..<3, "lone `*`"),
      ("AND a", "a", 0..<3, "nothing before"), ("a AND", "a", 2..<5, "nothing after"),
      ("a OR OR b", "a OR b", 5..<7, "nothing before"),
      ("a AND OR b", "a AND b", 6..<8, "nothing before"), ("a NOT", "a", 2..<5, "lower case"),
      ("(a OR) b", "a AND b", 3..<5, "nothing after"),
      ("a - b", "a AND b", 2..<3, "directly before a word"), ("--a", "a", 0..<2, "directly before a word"),
      ("a -", "a", 2..<3, "ignored"),
      ("NOT AND a", "NOT a", 4..<7, "nothing before"), ("a ()", "a", 2..<3, "empty"), ("a ... b", "a AND b", 2..<5, "no word"),
      ("note: this", "note AND this", 0..<4, "no field `note`"),
      ("note:this", "note AND this", 0..<4, "title, body, source"),
      ("title:", "title", 0..<6, "nothing follows"), ("(title:)", "title", 1..<7, "nothing follows"),
      ("a date:soon", "a", 7..<11, "1987-03..1987-06"),
      ("date:1990..1980", "date:1990..1980", 5..<15, "matches nothing"), ("date:1987-02-30 a", "a", 5..<15, "not a date"),
      ("a^x", "a AND x", 1..<2, "not a weight"), ("a^", "a", 1..<2, "not a weight"), ("a^-2", "a", 1..<4, "not a weight"),
      ("a^nan", "a AND nan", 1..<2, "weight"),
      ("a^1001", "a", 1..<6, "1000"), ("a^1e999", "a", 1..<7, "weight"), ("^2 a", "a", 0..<2, "nothing before"),
      ("a^2^3", "a^2", 3..<5, "second weight"),
      ("(a^900)^900", "a", 0..<11, "multiply"), ("source:*", "NOT *", 7..<8, "after a field"),
      ("", "NOT *", 0..<0, "nothing matches"),
      ("...", "NOT *", 0..<3, "no word"), ("section:(World News)", "section:\"world news\"", 9..<19, "one value"),
    ])
  func repairs(text: String, expected: String, place: Range<Int>, message: String) {
    let parsed = parser.parse(text)
    #expect(parsed.query.description == expected)
    #expect(parsed.notes.contains { $0.place == place && $0.message.contains(message) }, "\(parsed.notes)")
  }

  @Test(
    "Operators that are not understood yet are read as their plain words, and a note says so",
    arguments: [
      ("a NEAR/5 b", "a AND b", 2..<8), ("a OR b w/5 c", "a OR (b AND c)", 7..<10), ("a PRE/5 b", "a AND b", 2..<7),
      ("a /5 b", "a AND b", 2..<4),
      ("a SENT b", "a AND b", 2..<6), ("a PARA b", "a AND b", 2..<6), ("a /s b", "a AND b", 2..<4), ("a w/p b", "a AND b", 2..<5),
      ("a adj5 b", "a AND b", 2..<6), ("a SAME b", "a AND b", 2..<6), ("ATLEAST/5(a b)", "a AND b", 0..<9),
      ("atleast5(a)", "a", 0..<8),
      ("FIRST/50(a) b", "a AND b", 0..<8), ("CAPS(AIDS)", "aids", 0..<4), ("2 OF (a b c)", "a AND b AND c", 0..<4),
      ("elect* b", "elect AND b", 0..<6),
      ("wom?n", "\"wom n\"", 0..<5), ("*gate", "gate", 0..<5), ("putin~1 a", "putin AND a", 0..<7), ("putin~", "putin", 0..<6),
      ("=keats", "keats", 0..<6), ("\"a b\"~3 c", "\"a b\" AND c", 5..<7), ("\"rail strik*\"", "\"rail strik\"", 1..<12),
      ("on:04-13", "on AND \"04 13\"", 0..<2), ("words:>1000", "words AND 1000", 0..<5),
    ])
  func widerLanguage(text: String, expected: String, place: Range<Int>) {
    let parsed = parser.parse(text)
    #expect(parsed.query.description == expected)
    #expect(parsed.notes.contains { $0.place == place && $0.message.contains("not supported yet") }, "\(parsed.notes)")
  }

  @Test(
    "Words that only look like operators are words",
    arguments: ["who won?", "near 5", "same sent para", "caps (a)", "first 50 (a)", "a of b"])
  func looksLikeOperators(text: String) {
    let parsed = parser.parse(text)
    #expect(parsed.notes.isEmpty)
    #expect(parsed.query == .and(simpleWords(text).map { .term(Query.Term($0)) }))
  }

  @Test("Notes show what they are about, short and without control characters")
  func noteText() {
    let notes = parser.parse("\u{1B}[31m:x (() " + String(repeating: ".", count: 100)).notes
    #expect(notes.contains { $0.message.hasPrefix("`" + String(repeating: ".", count: 40) + "…` has no word") })
    #expect(!notes.contains { $0.message.unicodeScalars.contains { $0.value < 32 } })
    #expect(notes.map(\.place.lowerBound) == notes.map(\.place.lowerBound).sorted())
  }

  @Test("Past a hundred notes, one says how many were left out")
  func manyNotes() {
    let notes = parser.parse("a" + String(repeating: " )", count: 300)).notes
    #expect(notes.count == 101)
    #expect(notes.last?.message == "200 more remarks were left out")
  }

  @Test("Any text parses to a query within its bounds, with notes inside the text", arguments: seeds)
  func anyText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "a", "B", "é", "title:", "date:", "source:", "note:", "1987", "..", "(", ")", "(", "\"", "“", "”", "^2", "^", "+", "-", "*",
      "?", "~1", "=",
      " ", " ", " ", "AND", "OR", "NOT", "|", "&", "NEAR/5", "w/5", "ATLEAST/5(", "CAPS(", "2 OF ", ":", "/", "\u{0}", "\u{301}",
      "\u{3000}", "👩‍👩‍👧",
    ]
    for _ in rounds(60) {
      let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x3100, using: &generator)).map { String(Character($0)) }
        return Int.random(in: 0..<8, using: &generator) == 0 ? scalar ?? "" : pieces.randomElement(using: &generator)!
      }.joined()
      for joinsWithOr in [false, true] {
        let parsed = parser.parse(text, QueryOptions(joinsWithOr: joinsWithOr))
        #expect(parsed.query.depth <= Query.maximumDepth)
        #expect(parsed.query == parsed.query.normalized, "\(text)")
        #expect(parsed.notes.allSatisfy { 0 <= $0.place.lowerBound && $0.place.upperBound <= text.utf8.count })
        #expect(parser.parse(parsed.query.description).query == parsed.query, "\(text)")
      }
    }
  }
}
