import QueryLanguage
import Testing

@Suite("Queries as text")
struct QueryDescriptionTests {
  @Test(
    "The description of a random query parses back to its normal form, without notes and whatever the options", arguments: seeds)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(60) {
      let query = generator.query(depth: 5)
      for joinsWithOr in [false, true] {
        let parsed = parser.parse(query.description, QueryOptions(joinsWithOr: joinsWithOr))
        #expect(parsed.query.normalized == query.normalized, "\(query.description)")
        let normal = parser.parse(query.normalized.description, QueryOptions(joinsWithOr: joinsWithOr))
        #expect(normal == ParsedQuery(query: query.normalized), "\(query.normalized.description)")
      }
    }
  }

  @Test("Normalizing twice is normalizing once, and never deepens", arguments: seeds)
  func normalForm(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in rounds(60) {
      let query = generator.query(depth: 6)
      #expect(query.normalized.normalized == query.normalized)
      #expect(query.normalized.depth <= query.depth)
    }
  }

  @Test("Words that look like operators are written in quotation marks")
  func quotedWords() {
    let query = Query.and([.term(Query.Term("near5")), .term(Query.Term("don't", in: .title)), .term(Query.Term("élan"))])
    #expect(query.description == #""near5" AND title:"don't" AND élan"#)
  }

  @Test("The tree shows one node a line")
  func tree() {
    let query = parser.parse("(title:a^2 OR \"b c\") source:x date:1987 -d").query
    #expect(
      query.treeDescription == """
        and
          or
            weight 2
              word a in title
            phrase "b c"
          source is "x"
          date 1987
          not
            word d
        """)
    let required = Query.required(.everything, optional: [.term(Query.Term("a")), .nothing])
    #expect(required.treeDescription == "required\n  every article\n  optional\n    word a\n    no article")
  }

  @Test("The examples of the language's page are true")
  func page() {
    let parsed = parser.parse("title:strike (coal OR steel -")
    #expect(parsed.query.description == "title:strike AND (coal OR steel)")
    #expect(parsed.notes.map(\.place) == [13..<14, 28..<29])
    #expect(
      parser.parse("title:strike AND (coal^2 OR \"steel works\") AND NOT source:ap").query.treeDescription == """
        and
          word strike in title
          or
            weight 2
              word coal
            phrase "steel works"
          not
            source is "ap"
        """)
  }
}
