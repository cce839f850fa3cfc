import SearchAPI
import Testing
import TextAnalysis

@Suite("Which articles match")
struct MatchingTests {
  static let articles = [
    Article(
      "1", "the mill closed and the river rose", title: "Mill fire", date: "1987-03-09",
      [.source: "Reuters", .section: "World News"]),
    Article("2", "river trade grew", title: "River trade", date: "1987-04", [.source: "reuters", .language: "en"]),
    Article("3", "the fire at the mill", date: "1896", [.source: "The Times", .author: "A. Writer"]),
    Article("4", "", title: "", [.section: "World"]),
    Article("5", "wool wool wool", title: "wool", date: "1969-12-31T23:59:59Z"),
  ]

  @Test("Each kind of node matches what its definition says", arguments: BackendFactory.all)
  func nodes(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let cases: [(Query, [String])] = [
        (.everything, ["1", "2", "3", "4", "5"]),
        (.nothing, []),
        (.word("mill"), ["1", "3"]),
        (.word("absent"), []),
        (.word("mill", in: .title), ["1"]),
        (.word("river", in: .body), ["1", "2"]),
        (.words("the mill"), ["1", "3"]),
        (.words("mill the"), []),
        (.words("the fire at the mill"), ["3"]),
        (.words("wool wool"), ["5"]),
        (.words("wool wool wool wool"), []),
        (.words("mill fire", in: .title), ["1"]),
        (.words("mill fire", in: .body), []),
        (.and([]), ["1", "2", "3", "4", "5"]),
        (.or([]), []),
        (.and([.word("the"), .word("river")]), ["1"]),
        (.and([.word("the")]), ["1", "3"]),
        (.or([.word("trade"), .word("fire"), .word("absent")]), ["1", "2", "3"]),
        (.or([.word("trade")]), ["2"]),
        (.not(.word("river")), ["3", "4", "5"]),
        (.not(.not(.word("river"))), ["1", "2"]),
        (.not(.everything), []),
        (.not(.nothing), ["1", "2", "3", "4", "5"]),
        (.and([.word("mill"), .not(.word("river"))]), ["3"]),
        (.and([.not(.word("mill")), .not(.word("wool"))]), ["2", "4"]),
        (.or([.word("wool"), .not(.word("fire"))]), ["2", "4", "5"]),
        (.or([.not(.word("fire")), .not(.word("mill"))]), ["2", "4", "5"]),
        (.and([.word("fire"), .or([.word("river"), .not(.word("mill"))])]), ["1"]),
        (.required(.word("mill"), optional: [.word("wool"), .word("river")]), ["1", "3"]),
        (.required(.word("absent"), optional: [.word("mill")]), []),
        (.required(.word("mill"), optional: []), ["1", "3"]),
        (.required(.not(.word("mill")), optional: [.word("wool")]), ["2", "4", "5"]),
        (.required(.everything, optional: [.word("wool"), .not(.word("mill"))]), ["1", "2", "3", "4", "5"]),
        (.boosted(.word("mill"), by: 3), ["1", "3"]),
        (.boosted(.word("mill"), by: 0), ["1", "3"]),
        (.boosted(.not(.word("mill")), by: 2), ["2", "4", "5"]),
        (.or([.and([.word("trade"), .word("mill")]), .word("wool")]), ["5"]),
        (.or([.and([.word("mill"), .not(.word("river"))]), .word("closed")]), ["1", "3"]),
        (.and([.word("mill"), .everything]), ["1", "3"]),
        (.and([.word("mill"), .nothing]), []),
        (.or([.word("mill"), .nothing]), ["1", "3"]),
        (.or([.word("mill"), .everything]), ["1", "2", "3", "4", "5"]),
      ]
      for (query, expected) in cases { #expect(try await backend.matches(query) == expected, "\(query)") }
    }
  }

  @Test("Filters stand anywhere in a query", arguments: BackendFactory.all)
  func filters(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let reuters = Query.keyword(.init(.source, "reuters"))
      let cases: [(Query, [String])] = [
        (reuters, ["1", "2"]),
        (.keyword(.init(.section, "world")), ["4"]),
        (.keyword(.init(.section, "world news")), ["1"]),
        (.keyword(.init(.section, "")), []),
        (.keyword(.init(.author, "reuters")), []),
        (.keyword(.init(.language, "en")), ["2"]),
        (.not(reuters), ["3", "4", "5"]),
        (.and([.word("mill"), reuters]), ["1"]),
        (.and([reuters, .date("1987-04")]), ["2"]),
        (.or([reuters, .word("wool")]), ["1", "2", "5"]),
        (.or([reuters, .date("1896-06-01")]), ["1", "2", "3"]),
        (.and([.word("mill"), .not(reuters)]), ["3"]),
        (.and([.word("mill"), .or([.keyword(.init(.source, "the times")), .date("1987-03-09")])]), ["1", "3"]),
        (.and([.word("mill"), .or([.word("at"), reuters])]), ["1", "3"]),
        (.or([.and([.word("mill"), reuters]), .and([.word("wool"), .date("1969")])]), ["1", "5"]),
        (.required(.and([.word("river"), reuters]), optional: [.word("trade")]), ["1", "2"]),
        (.required(.word("river"), optional: [reuters]), ["1", "2"]),
        (.required(reuters, optional: [.word("trade")]), ["1", "2"]),
        (.boosted(.and([.boosted(.word("mill"), by: 2), .date("1896")]), by: 2), ["3"]),
        (.not(.and([.word("mill"), reuters])), ["2", "3", "4", "5"]),
      ]
      for (query, expected) in cases { #expect(try await backend.matches(query) == expected, "\(query)") }
    }
  }

  @Test("No phrase crosses from the title into the body", arguments: BackendFactory.all)
  func fieldBorder(factory: BackendFactory) async throws {
    let articles = [
      Article("split", "strike spreads", title: "Rail"), Article("title", "", title: "Rail strike"),
      Article("body", "rail strike"),
      Article("both", "a rail strike", title: "rail strike"),
    ]
    try await factory.withIndex(of: articles) { backend async throws in
      #expect(try await backend.matches(.words("rail strike")) == ["body", "both", "title"])
      #expect(try await backend.matches(.words("rail strike", in: .title)) == ["both", "title"])
      #expect(try await backend.matches(.words("rail strike", in: .body)) == ["body", "both"])
      #expect(try await backend.matches(.words("rail strike spreads")) == [])
    }
  }

  @Test("A date matches when its days overlap the range; an undated article never does", arguments: BackendFactory.all)
  func dates(factory: BackendFactory) async throws {
    let dates = [
      "1896", "1896-02", "1896-02-29", "1969-12-31", "1970-01-01", "1987-03-09T14:05:00Z", "2021-12-31", "0001", "9999",
    ]
    try await factory.withIndex(of: dates.map { Article($0, "news", date: $0) } + [Article("undated", "news")]) {
      backend async throws in
      func matches(_ query: Query) async throws -> [String] { try await backend.matches(query) }
      #expect(try await matches(.date("1896")) == ["1896", "1896-02", "1896-02-29"])
      #expect(try await matches(.date("1896-02-29")) == ["1896", "1896-02", "1896-02-29"])
      #expect(try await matches(.date("1896-03-01")) == ["1896"])
      #expect(try await matches(.dates("1896-02-01", "1896-02-28")) == ["1896", "1896-02"])
      #expect(try await matches(.dates("1969-12-31", "1970-01-01")) == ["1969-12-31", "1970-01-01"])
      #expect(try await matches(.date("1987-03-09")) == ["1987-03-09T14:05:00Z"])
      #expect(try await matches(.date(DateRange(lastDay: -1))) == ["0001", "1896", "1896-02", "1896-02-29", "1969-12-31"])
      #expect(try await matches(.date(DateRange(firstDay: 0))) == ["1970-01-01", "1987-03-09T14:05:00Z", "2021-12-31", "9999"])
      #expect(try await matches(.date(DateRange())) == dates.sorted())
      #expect(try await matches(.date(DateRange(firstDay: 10, lastDay: 9))) == [])
      #expect(try await matches(.date(DateRange(firstDay: .max, lastDay: .min))) == [])
      #expect(try await matches(.not(.date(DateRange()))) == ["undated"])
      #expect(try await matches(.and([.word("news"), .date("1896-03-01")])) == ["1896"])
    }
  }

  @Test("A keyword is compared as a whole, in its folded form", arguments: BackendFactory.all)
  func keywordFolding(factory: BackendFactory) async throws {
    let values = ["World News", " WORLD   news ", "World-News", "World News Daily", "World", "!!!", ""]
    let articles = values.enumerated().map { Article("\($0.offset)", "x", [.section: $0.element]) }
    try await factory.withIndex(of: articles + [Article("none", "x")]) { backend async throws in
      for value in Set(values.map { Analyzer().keyword($0) }) {
        let expected = values.indices.filter { Analyzer().keyword(values[$0]) == value }.map(String.init)
        #expect(try await backend.matches(.keyword(.init(.section, value))) == expected, "\(value)")
      }
      #expect(try await backend.matches(.keyword(.init(.section, "World News"))) == [])
    }
  }

  @Test("Text in any script is found by the words the analyzer makes of it", arguments: BackendFactory.all)
  func unicode(factory: BackendFactory) async throws {
    let texts = [
      "Übergrößen im Café", "ΑΘΗΝΑ και Πειραιάς", "Москва слезам не верит", "東京は日本の首都です", "עיתון ישן", "i\u{307} İstanbul ı",
      "e\u{301}te\u{301} \u{e9}t\u{e9}",
      "emoji 👩‍👩‍👧 here", "nul\u{0}byte and \u{FFFD} mark", "quote \" and ' and * ( ) OR AND NOT NEAR",
    ]
    let articles = texts.enumerated().map { Article("\($0.offset)", $0.element, title: "t\($0.offset)") }
    try await factory.withIndex(of: articles) { backend async throws in
      for (number, text) in texts.enumerated() {
        let words = Analyzer().terms(in: text)
        for word in words {
          let expected = texts.indices.filter { Analyzer().terms(in: texts[$0]).contains(word) }.map(String.init)
          #expect(try await backend.matches(.word(word)) == expected, "\(word)")
        }
        if words.count > 1 {
          #expect(try await backend.matches(.phrase(.init(words))).contains("\(number)"), "\(text)")
          #expect(try await backend.matches(.and(words.map { .word($0) })).contains("\(number)"), "\(text)")
        }
        #expect(try await backend.article(id: "\(number)")?.body == text)
      }
    }
  }

  @Test("Words that no analyzer makes match nothing and break nothing", arguments: BackendFactory.all)
  func oddWords(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let long = String(repeating: "x", count: 100_000)
      for word in [
        "", " ", "\"", "\"\"", "mill\" OR \"wool", "mill*", "^mill", "-mill", "title:mill", "mill\u{0}", "\u{0}", "MILL", "a b",
        "'", ";--", long,
      ] {
        #expect(try await backend.matches(.word(word)) == [], "\(word.prefix(20))")
        #expect(try await backend.matches(.phrase(.init(["mill", word]))) == [], "\(word.prefix(20))")
        #expect(try await backend.matches(.or([.word(word), .word("wool")])) == ["5"], "\(word.prefix(20))")
        #expect(try await backend.matches(.and([.not(.word(word)), .word("wool")])) == ["5"], "\(word.prefix(20))")
        #expect(try await backend.matches(.keyword(.init(.source, word))) == [], "\(word.prefix(20))")
      }
      #expect(try await backend.matches(.phrase(.init([]))) == [])
      #expect(try await backend.matches(.phrase(.init(["mill"]))) == ["1", "3"])
    }
  }

  @Test("Words of the query syntax of other systems are plain words", arguments: BackendFactory.all)
  func syntaxWords(factory: BackendFactory) async throws {
    let words = ["and", "or", "not", "near", "null", "rowid", "title", "body", "select"]
    try await factory.withIndex(of: words.map { Article($0, $0) }) { backend async throws in
      for word in words { #expect(try await backend.matches(.word(word)) == [word]) }
      #expect(try await backend.matches(.or([.word("and"), .word("near")])) == ["and", "near"])
    }
  }

  @Test("A query 64 levels deep is answered, in every shape; a deeper one is refused", arguments: BackendFactory.all)
  func depth(factory: BackendFactory) async throws {
    try await factory.withIndex(of: Self.articles) { backend async throws in
      let reuters = Query.keyword(.init(.source, "reuters"))
      let shapes: [(String, (Query, Int) -> Query)] = [
        (
          "and, or on the left",
          { part, level in level.isMultiple(of: 2) ? .and([part, .word("the")]) : .or([part, .word("absent")]) }
        ),
        (
          "and, or on the right",
          { part, level in level.isMultiple(of: 2) ? .and([.word("the"), part]) : .or([.word("absent"), part]) }
        ),
        ("and only", { part, _ in .and([part, .word("the")]) }),
        ("or only", { part, _ in .or([.word("mill"), part]) }),
        ("exclusion", { part, _ in .and([.word("mill"), .not(.and([.word("mill"), .not(part)]))]) }),
        ("required", { part, _ in .required(part, optional: [.word("the"), .word("river")]) }),
        ("boosted", { part, _ in .boosted(part, by: 1.01) }),
        ("not", { part, _ in .not(part) }),
        (
          "filters",
          { part, level in
            level.isMultiple(of: 2) ? .and([part, .or([reuters, .word("mill")])]) : .or([part, .and([reuters, .nothing])])
          }
        ),
        (
          "only filters",
          { part, level in level.isMultiple(of: 2) ? .and([.everything, part]) : .or([part, .and([reuters, .date("1700")])]) }
        ),
      ]
      for (name, wrap) in shapes {
        let leaf: Query = name == "only filters" ? .or([reuters, .date("1896")]) : .word("mill")
        var query = leaf
        while wrap(query, query.depth).depth <= Query.maximumDepth { query = wrap(query, query.depth) }
        let expected = name == "not" ? ["2", "4", "5"] : name == "only filters" ? ["1", "2", "3"] : ["1", "3"]
        #expect(try await backend.matches(query) == expected, "\(name)")
        while query.depth <= Query.maximumDepth { query = wrap(query, query.depth) }
        await #expect(throws: SearchError.self, "\(name)") { try await backend.matches(query) }
      }
    }
  }

  @Test("A query of a thousand words is answered", arguments: BackendFactory.judged)
  func width(factory: BackendFactory) async throws {
    let articles = (0..<50).map { number in Article("\(number)", (0..<20).map { "w\(number * 20 + $0)" }.joined(separator: " ")) }
    try await factory.withIndex(of: articles) { backend async throws in
      let words = (0..<1_000).map { Query.word("w\($0)") }
      #expect(try await backend.matches(.or(words)).count == 50)
      #expect(try await backend.matches(.and(words)).isEmpty)
      #expect(try await backend.matches(.and([.word("w3")] + (20..<1_000).map { .not(.word("w\($0)")) })) == ["0"])
      #expect(try await backend.matches(.phrase(.init((0..<20).map { "w\($0)" }))) == ["0"])
      #expect(try await backend.matches(.required(.word("w3"), optional: words)) == ["0"])
      #expect(try await backend.matches(.or(words.map { .and([$0, .not(.word("w7"))]) })).count == 49)
    }
  }
}
