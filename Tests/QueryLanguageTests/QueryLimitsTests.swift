import QueryLanguage
import Testing

@Suite("Limits on query text")
struct QueryLimitsTests {
  private func refuses(_ text: String, _ message: String, limits: QueryLimits = QueryLimits()) -> Bool {
    let parsed = QueryParser(limits: limits, analyze: simpleWords).parse(text)
    let isRefused = parsed.query == .nothing && parsed.notes.count == 1 && parsed.notes[0].message.contains(message)
    #expect(isRefused || parsed.query != .nothing)
    return isRefused
  }

  @Test("Text may have 65,536 bytes")
  func textLimit() {
    for (count, isRefused) in [(65_535, false), (65_536, false), (65_537, true)] {
      #expect(refuses("a" + String(repeating: " ", count: count - 1), "more than the 65536 allowed") == isRefused)
      #expect(refuses(String(repeating: "a", count: count), "more than the 65536 allowed") == isRefused)
    }
  }

  @Test("A query may be 64 levels deep, however the levels come about")
  func depthLimit() {
    for (count, isRefused) in [(63, false), (64, false), (65, true)] {
      let brackets = String(repeating: "(", count: count) + "a" + String(repeating: ")", count: count)
      #expect(refuses(brackets, "more than 64 levels") == isRefused)
      #expect(refuses(String(repeating: "(", count: count) + "a", "more than 64 levels") == isRefused)
      #expect(refuses(String(repeating: "NOT ", count: count - 1) + "a", "more than 64 levels") == isRefused)
      #expect(refuses(String(repeating: "title:", count: count) + "a", "more than 64 levels") == isRefused)
    }
    for (count, isRefused) in [(31, false), (32, true)] {
      let alternating = String(repeating: "(a OR b (", count: count) + "c" + String(repeating: "))", count: count)
      #expect(refuses(alternating, "more than 64 levels") == isRefused)
    }
    let deepest = parser.parse(String(repeating: "NOT ", count: 63) + "a").query
    #expect(deepest.depth == Query.maximumDepth)
  }

  @Test("A query may have 1,024 words and conditions")
  func clauseLimit() {
    for (count, isRefused) in [(1_023, false), (1_024, false), (1_025, true)] {
      #expect(refuses(String(repeating: "a ", count: count), "more than 1024 words") == isRefused)
      #expect(refuses("\"" + String(repeating: "a ", count: count) + "\"", "more than 1024 words") == isRefused)
      #expect(refuses(String(repeating: "source:a ", count: count), "more than 1024 words") == isRefused)
      #expect(refuses(String(repeating: "date:1987 OR ", count: count), "more than 1024 words") == isRefused)
    }
  }

  @Test("Limits can be set, and the depth never above what backends take")
  func settableLimits() {
    let limits = QueryLimits(textByteCount: 20, depth: 3, clauseCount: 2)
    #expect(!refuses("a AND (b)", "", limits: limits))
    #expect(refuses("a b c", "more than 2 words", limits: limits))
    #expect(refuses("((((a))))", "more than 3 levels", limits: limits))
    #expect(refuses(String(repeating: "a", count: 21), "has 21 bytes", limits: limits))
    #expect(QueryLimits(depth: 1_000_000).depth == Query.maximumDepth)
    var raised = QueryLimits()
    raised.depth = 1_000_000
    #expect(raised.depth == Query.maximumDepth)
  }

  @Test(
    "Text of one repeated piece, as long as allowed, is read in linear time",
    arguments: [
      "(", ")", "()", "\"", "“", "+", "-", "^2", "^", "*", "a", "a ", ":", "a:", "title:", "NOT ", "AND ", "a AND ", "a|", "~",
      "\"\"~1", "2 OF ", "w/5 ", "\u{301}",
      "=", "CAPS(", "(-", "date:1 ", "x~1", "\u{3000}", "a\"b",
    ])
  func repeatedPieces(piece: String) {
    let text = String(repeating: piece, count: 65_536 / piece.utf8.count)
    let clock = ContinuousClock()
    let elapsed = clock.measure {
      for joinsWithOr in [false, true] {
        let parsed = QueryParser(limits: QueryLimits(clauseCount: 100_000), analyze: { $0.isEmpty ? [] : ["a"] })
          .parse(text, QueryOptions(joinsWithOr: joinsWithOr))
        #expect(parsed.query.depth <= Query.maximumDepth)
      }
    }
    // Quadratic time would take minutes; the bound leaves room for slow machines and debug builds.
    #expect(elapsed < .seconds(10))
  }
}
